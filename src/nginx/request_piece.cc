// A part of a text that nginx puts together from the configuration and from the request.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/request_piece.h"

#include <utility>

namespace halint {

using Origin = NginxPiece::Origin;

NginxPiece literal_piece(std::string_view text) {
  NginxPiece piece;
  piece.text = text;
  piece.begins_with_slash = text.starts_with('/');
  return piece;
}

NginxPiece harmless_piece(std::string_view name) {
  NginxPiece piece;
  piece.origin = Origin::kHarmless;
  piece.text = name;
  return piece;
}

NginxPiece unknown_piece(std::string_view name, NginxGap gap) {
  NginxPiece piece;
  piece.origin = Origin::kUnknown;
  piece.text = name;
  piece.gap = std::move(gap);
  return piece;
}

NginxPiece request_piece(std::string_view name, const ByteSet& bytes, bool begins_with_slash) {
  NginxPiece piece;
  piece.origin = Origin::kRequest;
  piece.text = name;
  piece.bytes = bytes;
  piece.begins_with_slash = begins_with_slash;
  return piece;
}

// What may stand in a line of a request, undecoded.
ByteSet line_bytes() {
  ByteSet bytes;
  for (int c = 0x21; c < 256; ++c) bytes.set(c);
  return bytes;
}

}  // namespace halint

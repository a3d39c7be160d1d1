// A part of a text that nginx puts together from the configuration and from the request.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nginx/byte_classes.h"
#include "nginx/configuration_tree.h"

namespace halint {

// A part of a text: literal, or the content of a variable.
struct NginxPiece {
  enum class Origin : std::uint8_t {
    kText,      // Written in the configuration.
    kHarmless,  // A variable in which a client has nothing to say.
    kRequest,   // Out of the request: `bytes`.
    kUnknown,   // Something that was not read, or is not understood, may set it: `gap`.
  };
  Origin origin = Origin::kText;
  std::string text;  // Literal; or the variable that it comes from in the end: `$uri`.
  ByteSet bytes;     // What a client can put into it.
  bool begins_with_slash = false;
  NginxGap gap;
};

NginxPiece literal_piece(std::string_view text);
NginxPiece harmless_piece(std::string_view name);
NginxPiece unknown_piece(std::string_view name, NginxGap gap);
NginxPiece request_piece(std::string_view name, const ByteSet& bytes, bool begins_with_slash = false);
// What may stand in the first line of a request or in a header of it, undecoded.
ByteSet line_bytes();

}  // namespace halint

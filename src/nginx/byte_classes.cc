// Sets of bytes, as regular expressions name them.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/byte_classes.h"

#include <cctype>
#include <utility>

namespace halint {
namespace {

ByteSet class_of(int (*holds)(int)) {
  ByteSet set;
  for (int c = 0; c < 128; ++c) set[c] = holds(c) != 0;
  return set;
}

ByteSet word_bytes() {
  ByteSet set = class_of(std::isalnum);
  set.set('_');
  return set;
}

}  // namespace

ByteSet bytes_of(std::string_view bytes) {
  ByteSet set;
  for (char c : bytes) set.set(static_cast<unsigned char>(c));
  return set;
}

std::optional<ByteSet> escaped_class(char letter) {
  switch (letter) {
    case 'd':
      return class_of(std::isdigit);
    case 'D':
      return ~class_of(std::isdigit);
    case 'w':
      return word_bytes();
    case 'W':
      return ~word_bytes();
    case 's':
      return class_of(std::isspace);
    case 'S':
      return ~class_of(std::isspace);
    case 'h':
      return bytes_of(" \t");
    case 'H':
      return ~bytes_of(" \t");
    case 'v':
    case 'R':
      return bytes_of("\n\r\v\f");
    case 'N':
      return ~bytes_of("\n");
    default:
      return std::nullopt;
  }
}

std::optional<ByteSet> named_class(std::string_view name) {
  constexpr std::pair<std::string_view, int (*)(int)> kNames[] = {
      {"alpha", std::isalpha}, {"digit", std::isdigit}, {"alnum", std::isalnum}, {"upper", std::isupper},
      {"lower", std::islower}, {"space", std::isspace}, {"punct", std::ispunct}, {"xdigit", std::isxdigit},
      {"print", std::isprint}, {"graph", std::isgraph}, {"blank", std::isblank}, {"cntrl", std::iscntrl}};
  for (const auto& [known, holds] : kNames) {
    if (known == name) return class_of(holds);
  }
  if (name == "word") return word_bytes();
  return std::nullopt;
}

}  // namespace halint

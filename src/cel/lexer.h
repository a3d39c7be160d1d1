// Splits the text of an expression into tokens.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"

namespace halint::cel {

enum class TokenKind : std::uint8_t { kEnd, kIdentifier, kInteger, kUnsigned, kReal, kString, kBytes, kSymbol, kBad };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;  // As written; of a symbol: "&&".
  std::string content;    // kString: without quotes and escapes. kBad: what is wrong.
};

// The last token is kEnd, or the first kBad one.
std::vector<Token> tokenize(std::string_view text);

// The number that a token stands for; nullopt if an integer does not fit into 64 bits.
std::optional<Value> read_number(const Token& token, bool is_negative);

}  // namespace halint::cel

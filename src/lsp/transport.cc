// The bytes between client and server: headers and bodies.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace halint::lsp {
namespace {

constexpr std::string_view kHeadersEnd = "\r\n\r\n";
constexpr std::size_t kLargestMessage = 256u << 20;
constexpr std::size_t kLongestHeaders = 64u << 10;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::size_t> content_length(std::string_view headers) {
  constexpr std::string_view kName = "content-length:";
  while (!headers.empty()) {
    std::string_view line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(line.size() + 2, headers.size()));
    if (line.size() < kName.size() || !equal_ignoring_case(line.substr(0, kName.size()), kName)) continue;
    line.remove_prefix(kName.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    std::size_t length = 0;
    auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), length);
    if (fault == std::errc()) return length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> MessageReader::next() {
  while (!is_broken_) {
    std::size_t end = buffer_.find(kHeadersEnd);
    if (end == buffer_.npos) {
      is_broken_ = buffer_.size() > kLongestHeaders;
      return std::nullopt;
    }
    std::optional<std::size_t> length = content_length(std::string_view(buffer_).substr(0, end));
    std::size_t body = end + kHeadersEnd.size();
    if (!length) {
      buffer_.erase(0, body);
      continue;
    }
    is_broken_ = *length > kLargestMessage;
    if (is_broken_ || buffer_.size() - body < *length) return std::nullopt;
    std::string text = buffer_.substr(body, *length);
    buffer_.erase(0, body + *length);
    return text;
  }
  return std::nullopt;
}

std::string encode(const Json& message) {
  std::string body = message.dump(-1, ' ', false, Json::error_handler_t::replace);
  return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

}  // namespace halint::lsp

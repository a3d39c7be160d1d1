// Regular expressions that tell one's own sites by `Origin` or `Referer`: which strangers they let in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace halint {

enum class SiteHeader : std::uint8_t { kOrigin, kReferer };

struct SiteCheck {
  bool is_understood = false;
  std::string
      impostor;  // What passes though it is another site: `https://example.com.evil.example`. Empty: nothing known.
};

// Each impostor has been tried: the expression matches it.
SiteCheck check_sites(std::string_view pattern, bool ignores_case, SiteHeader header);

}  // namespace halint

// What is known of nginx's directives: in which contexts each may stand, and whether it opens a block.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace halint {

// A set of contexts: where a directive may stand, or the one in which it does.
using NginxContexts = std::uint32_t;

namespace nginx_context {
enum : NginxContexts {
  kMain = 1u << 0,
  kEvents = 1u << 1,
  kHttp = 1u << 2,
  kServer = 1u << 3,
  kLocation = 1u << 4,
  kUpstream = 1u << 5,
  kServerIf = 1u << 6,
  kLocationIf = 1u << 7,
  kLimitExcept = 1u << 8,
  kMail = 1u << 9,
  kMailServer = 1u << 10,
  kStream = 1u << 11,
  kStreamServer = 1u << 12,
  kStreamUpstream = 1u << 13,
  kRtmp = 1u << 14,
  kData = 1u << 15,   // `map`, `types`, ...: lines of data, not directives.
  kOther = 1u << 16,  // Inside a block that is not known: anything.
  kAnywhere = 0x7FFF,
};
}  // namespace nginx_context

// Where a directive of this name may stand as one with a block, or as one that ends with `;`. 0: nowhere.
NginxContexts contexts_of_directive(std::string_view name, bool has_block);
bool is_nginx_directive(std::string_view name);

// The context inside the block `name` that stands in `context`.
NginxContexts context_inside(std::string_view name, NginxContexts context);

}  // namespace halint

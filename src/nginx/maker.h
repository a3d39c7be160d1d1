// Makes resources out of a configuration's blocks: what all kinds of them share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/resource.h"
#include "nginx/configuration_tree.h"
#include "nginx/request_data.h"
#include "nginx/target.h"
#include "nginx/workspace.h"

namespace halint {

// The attributes of one resource, on their way into a map.
class NginxBody {
 public:
  explicit NginxBody(Arena& arena) : arena_(arena) {}

  void add(std::string_view key, Value value, Span span = {}) { members_.push_back({key, value, span}); }
  void add_text(std::string_view key, std::string_view text, Span span = {});
  void add_flag(std::string_view key, bool value, Span span = {}) { add(key, Value::boolean(value, span), span); }
  void add_integer(std::string_view key, std::int64_t value, Span span = {}) {
    add(key, Value::integer(value, span), span);
  }
  Value take() { return Value::map(arena_, std::move(members_)); }

 private:
  Arena& arena_;
  std::vector<Member> members_;
};

class NginxMaker {
 public:
  NginxMaker(const NginxRoot& root, Configuration& configuration, const NginxLimits& limits)
      : root_(root),
        configuration_(configuration),
        limits_(limits),
        arena_(*configuration.arena),
        request_data_(root.tree) {}

  void make();

 private:
  // Blocks of each kind. `owner` is the address of what the block stands in.
  void make_http(const NginxBlock& http);
  void make_variable_block(const NginxBlock& block);
  void make_upstream(const NginxBlock& upstream, std::string_view http);
  void make_upstream_server(const NginxDirective& line, std::string_view upstream);
  void add_methods(const NginxBlock& upstream, NginxBody& body);
  void make_server(const NginxBlock& server, std::string_view http);
  void make_listens(const NginxBlock& server, std::string_view address);
  void make_locations(const NginxBlock& block, const Value& server, std::string_view server_address,
                      std::string_view parent);
  void make_location(const NginxBlock& block, const Value& server, std::string_view server_address,
                     std::string_view parent);
  void add_pass(const NginxBlock& block, NginxBody& body);
  void add_answer(const NginxBlock& block, NginxBody& body);
  void add_request_headers(const NginxBlock& block, NginxBody& body);
  void add_response_headers(const NginxBlock& block, NginxBody& body);
  void add_client_use(const NginxBlock& block, NginxBody& body);
  void add_access(const NginxBlock& block, NginxBody& body);
  void add_limits(const NginxBlock& block, NginxBody& body);
  void add_other_sockets(const NginxBlock& tree);
  // Lines that put something of the request into an answer, a header or a target.
  void make_lines(const NginxBlock& block, std::string_view scope);
  void make_line(const NginxBlock& block, const NginxDirective& line, std::string_view scope);
  Value is_internal(const NginxBlock& block) const;
  // Checks of `Origin` and `Referer`: conditions, and the patterns of a `map`.
  void make_condition(const NginxBlock& condition, std::string_view scope);
  void make_site_patterns(const NginxBlock& table, std::string_view http);
  void make_site_check(const NginxDirective& line, const NginxWord& pattern, std::string_view variable,
                       bool ignores_case, std::string_view scope);
  Value upstream_of(const NginxTarget& target, const Span& span);

  // What a block says of a directive, itself or by inheritance: the argument, absent, or unknown.
  Value setting(const NginxBlock& block, std::string_view name) const;
  // All arguments of its lines; unknown if something not read could change them.
  Value setting_list(const NginxBlock& block, std::string_view name) const;
  void add_setting(const NginxBlock& block, NginxBody& body, std::string_view key, std::string_view name) const;
  // A line of the block's own.
  Value own(const NginxBlock& block, std::string_view name) const;
  Value unknown(const NginxGap& gap) const;
  Value text(const NginxWord& word) const;
  Value text(std::string_view text, Span span = {}) const;

  // An address that nothing has yet: `base`, or `base` with a number.
  std::string_view unique(std::string base);
  void add_resource(std::string_view type, std::string_view name, std::string_view address, const NginxBlock& block,
                    NginxBody& body);
  void add_resource(std::string_view type, std::string_view name, std::string_view address, Span header, Span whole,
                    NginxBody& body);
  // Blocks in which something was not read: absence proves nothing there.
  void add_opaque(const NginxBlock& block, std::string_view address);

  const NginxRoot& root_;
  Configuration& configuration_;
  const NginxLimits& limits_;
  Arena& arena_;
  std::set<std::string> addresses_;
  std::map<std::string, int> namesakes_;  // How often an address was wanted again.
  const NginxBlock* http_ = nullptr;
  std::map<std::string, std::string_view> upstreams_;  // Name in small letters -> address.
  std::map<std::string, NginxSocket> sockets_;         // "*:80" -> who answers there by default.
  NginxConstants constants_;                           // Of the server that is being made.
  RequestData request_data_;
  std::set<std::pair<const NginxDirective*, std::string>> lines_;  // Made: a line that is included twice is one.
  bool is_full_ = false;
};

}  // namespace halint

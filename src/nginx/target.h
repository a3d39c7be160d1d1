// Where nginx passes requests to, and where it listens: the parts of `http://app:8080/x` and `[::]:443`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "nginx/configuration_tree.h"

namespace halint {

// Names of hosts, headers and variables: nginx does not tell their case apart.
std::string in_small_letters(std::string_view text);

// The variable at the start of `text`, which begins with `$`: its name, and how long it is in the text. Empty: a lone
// `$`.
std::string_view variable_at(std::string_view text, std::size_t& length);

// A host with its port: of `listen`, of an upstream's `server`, of a target.
struct NginxHost {
  std::string host;  // Without brackets; "" if there is none (`listen 80`).
  std::optional<int> port;
  bool is_unix = false;
  bool is_known = true;  // False: a variable stands in it.
};
NginxHost read_host(std::string_view text);
// The same of `listen`, where a number alone is a port.
NginxHost read_listen(std::string_view text);
// "*:80": equal for all spellings of one socket.
std::string socket_key(std::string_view listen);

struct NginxTarget {
  std::string text;    // With constants filled in: "http://app:8080/x".
  std::string scheme;  // "http"; "" of `fastcgi_pass` and the like.
  NginxHost host;
};

// The first server, or the one with `default_server`, of an address and port.
struct NginxSocket {
  const NginxBlock* first = nullptr;
  const NginxBlock* given = nullptr;
};

// Variables of one server that `set` gives one constant value, wherever a request goes.
class NginxConstants {
 public:
  NginxConstants() = default;
  explicit NginxConstants(const NginxBlock& server) { collect(server); }

  // `text` as it reads at `block`: variables that are constant there are filled in, the others stay.
  std::string fill_in(std::string_view text, const NginxBlock& block) const;

 private:
  struct Setting {
    std::string_view value;
    const NginxBlock* where = nullptr;
    bool is_single = true;
  };
  void collect(const NginxBlock& block);
  std::optional<std::string_view> value_of(std::string_view name, const NginxBlock& block) const;

  std::map<std::string, Setting> settings_;
};

NginxTarget read_target(std::string_view text, bool has_scheme);

}  // namespace halint

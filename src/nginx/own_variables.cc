// The variables that nginx makes itself.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/own_variables.h"

#include <algorithm>
#include <iterator>

namespace halint {
namespace {

constexpr std::string_view kNames[] = {"ancient_browser",
                                       "binary_remote_addr",
                                       "body_bytes_sent",
                                       "bytes_received",
                                       "bytes_sent",
                                       "connection",
                                       "connection_requests",
                                       "connection_time",
                                       "connections_active",
                                       "content_length",
                                       "content_type",
                                       "date_gmt",
                                       "date_local",
                                       "document_root",
                                       "fastcgi_path_info",
                                       "gzip_ratio",
                                       "host",
                                       "hostname",
                                       "http2",
                                       "http3",
                                       "https",
                                       "invalid_referer",
                                       "is_args",
                                       "is_request_port",
                                       "limit_conn_status",
                                       "limit_rate",
                                       "limit_req_status",
                                       "modern_browser",
                                       "msec",
                                       "msie",
                                       "nginx_version",
                                       "pid",
                                       "pipe",
                                       "port",
                                       "protocol",
                                       "proxy_add_x_forwarded_for",
                                       "proxy_host",
                                       "proxy_port",
                                       "proxy_protocol_addr",
                                       "proxy_protocol_port",
                                       "realpath_root",
                                       "remote_addr",
                                       "remote_port",
                                       "remote_user",
                                       "request_completion",
                                       "request_id",
                                       "request_length",
                                       "request_method",
                                       "request_port",
                                       "request_time",
                                       "scheme",
                                       "secure_link",
                                       "secure_link_expires",
                                       "server_addr",
                                       "server_name",
                                       "server_port",
                                       "server_protocol",
                                       "slice_range",
                                       "status",
                                       "tcpinfo_rtt",
                                       "time_iso8601",
                                       "time_local",
                                       "uid_got",
                                       "uid_reset",
                                       "uid_set"};

// Each variable that begins so is one, too.
constexpr std::string_view kPrefixes[] = {"sent_http_",   "sent_trailer_", "upstream_",  "ssl_",
                                          "geoip_",       "geoip2_",       "realip_",    "proxy_protocol_",
                                          "connections_", "jwt_",          "memcached_", "tcpinfo_"};

}  // namespace

bool is_own_variable(std::string_view name) {
  auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  return std::ranges::find(kNames, name) != std::end(kNames) || std::ranges::any_of(kPrefixes, begins);
}

}  // namespace halint

// The table of nginx's directives (1.22 with its usual modules, and what came since).
// SPDX-License-Identifier: Apache-2.0
#include "nginx/directives.h"

#include <algorithm>
#include <string>
#include <vector>

namespace halint {

using namespace nginx_context;

namespace {

struct Group {
  NginxContexts contexts;
  bool has_block;
  std::string_view names;
};

constexpr Group kGroups[] = {
    {kMain, true, "events http mail mgmt rtmp stream"},
    {kHttp, true,
     "charset_map exit_worker_by_lua_block init_by_lua_block init_worker_by_lua_block "
     "ssl_session_fetch_by_lua_block ssl_session_store_by_lua_block"},
    {kHttp | kServer, true, "server_rewrite_by_lua_block ssl_certificate_by_lua_block ssl_client_hello_by_lua_block"},
    {kHttp | kServer | kLocation, true, "types"},
    {kHttp | kServer | kLocation | kLocationIf, true,
     "access_by_lua_block body_filter_by_lua_block header_filter_by_lua_block log_by_lua_block "
     "rewrite_by_lua_block"},
    {kHttp | kMail | kStream | kRtmp, true, "server"},
    {kHttp | kStream, true, "geo geoip2 map match oidc_provider otel_exporter split_clients upstream"},
    {kServer | kLocation, true, "if location"},
    {kServer | kLocation | kServerIf | kLocationIf, true, "set_by_lua_block"},
    {kLocation, true, "limit_except"},
    {kLocation | kLocationIf, true, "content_by_lua_block"},
    {kUpstream, true, "balancer_by_lua_block"},
    {kRtmp, true, "application recorder"},
    {kMain, false,
     "daemon debug_points env load_module lock_file master_process pcre_jit pid quic_bpf rtmp_auto_push "
     "rtmp_auto_push_reconnect rtmp_socket_dir ssl_engine thread_pool timer_resolution user "
     "worker_cpu_affinity worker_priority worker_processes worker_rlimit_core worker_rlimit_nofile "
     "worker_shutdown_timeout working_directory"},
    {kMain | kHttp | kServer | kLocation | kMail | kMailServer | kStream | kStreamServer, false, "error_log"},
    {kEvents, false,
     "accept_mutex accept_mutex_delay debug_connection epoll_events multi_accept use worker_aio_requests "
     "worker_connections"},
    {kHttp, false,
     "access_by_lua_no_postpone dav_ext_lock_zone exit_worker_by_lua_file fastcgi_cache_path geoip2_proxy "
     "geoip2_proxy_recursive geoip_city geoip_country geoip_org geoip_proxy geoip_proxy_recursive "
     "http2_recv_buffer_size init_by_lua init_by_lua_file init_worker_by_lua init_worker_by_lua_file "
     "limit_req_zone lua_capture_error_log lua_load_resty_core lua_malloc_trim lua_max_pending_timers "
     "lua_max_running_timers lua_package_cpath lua_package_path lua_regex_cache_max_entries "
     "lua_regex_match_limit lua_sa_restart lua_shared_dict lua_thread_cache_max_entries "
     "lua_worker_thread_vm_pool_size perl_modules perl_require perl_set proxy_cache_path "
     "rewrite_by_lua_no_postpone scgi_cache_path server_names_hash_bucket_size server_names_hash_max_size "
     "session_log_format session_log_zone ssl_session_fetch_by_lua_file ssl_session_store_by_lua_file "
     "upstream_fair_shm_size uwsgi_cache_path zone_sync"},
    {kHttp | kServer, false,
     "client_header_buffer_size client_header_timeout connection_pool_size http2 http2_body_preread_size "
     "http2_idle_timeout http2_max_concurrent_pushes http2_max_concurrent_streams http2_max_field_size "
     "http2_max_header_size http2_max_requests http2_pool_size http2_recv_timeout http2_streams_index_size "
     "http3 http3_hq http3_max_concurrent_streams http3_stream_buffer_size ignore_invalid_headers "
     "keepalive_min_timeout large_client_header_buffers max_headers merge_slashes "
     "quic_active_connection_id_limit quic_gso quic_host_key quic_retry request_pool_size "
     "server_rewrite_by_lua_file ssl_buffer_size ssl_certificate_by_lua_file ssl_certificate_cache "
     "ssl_certificate_compression ssl_client_hello_by_lua_file ssl_early_data ssl_key_log "
     "ssl_object_cache_inheritable ssl_ocsp ssl_ocsp_cache ssl_ocsp_responder ssl_reject_handshake "
     "ssl_stapling ssl_stapling_file ssl_stapling_responder ssl_stapling_verify underscores_in_headers "
     "upstream_list"},
    {kHttp | kServer | kLocation, false,
     "absolute_redirect add_after_body add_before_body add_header_inherit add_trailer_inherit addition_types "
     "aio aio_write ancient_browser ancient_browser_value auth_delay auth_jwt auth_jwt_claim_set "
     "auth_jwt_header_set auth_jwt_key_file auth_jwt_key_request auth_jwt_leeway auth_jwt_type auth_oidc "
     "auth_request auth_request_set autoindex autoindex_exact_size autoindex_format autoindex_localtime "
     "brotli_buffers brotli_comp_level brotli_min_length brotli_static brotli_types brotli_window "
     "charset_types chunked_transfer_encoding client_body_buffer_size client_body_in_file_only "
     "client_body_in_single_buffer client_body_temp_path client_body_timeout client_max_body_size "
     "create_full_put_path dav_access dav_ext_lock dav_ext_methods dav_methods default_type directio "
     "directio_alignment disable_symlinks early_hints etag fancyindex fancyindex_css_href "
     "fancyindex_default_sort fancyindex_directories_first fancyindex_exact_size fancyindex_footer "
     "fancyindex_header fancyindex_hide_parent_dir fancyindex_hide_symlinks fancyindex_ignore "
     "fancyindex_localtime fancyindex_name_length fancyindex_show_dotfiles fancyindex_show_path "
     "fancyindex_time_format fastcgi_bind fastcgi_buffer_size fastcgi_buffering fastcgi_buffers "
     "fastcgi_busy_buffers_size fastcgi_cache fastcgi_cache_background_update fastcgi_cache_bypass "
     "fastcgi_cache_key fastcgi_cache_lock fastcgi_cache_lock_age fastcgi_cache_lock_timeout "
     "fastcgi_cache_max_range_offset fastcgi_cache_methods fastcgi_cache_min_uses fastcgi_cache_purge "
     "fastcgi_cache_revalidate fastcgi_cache_use_stale fastcgi_cache_valid fastcgi_catch_stderr "
     "fastcgi_connect_timeout fastcgi_force_ranges fastcgi_hide_header fastcgi_ignore_client_abort "
     "fastcgi_ignore_headers fastcgi_index fastcgi_intercept_errors fastcgi_keep_conn fastcgi_limit_rate "
     "fastcgi_max_temp_file_size fastcgi_next_upstream fastcgi_next_upstream_timeout "
     "fastcgi_next_upstream_tries fastcgi_no_cache fastcgi_param fastcgi_pass_header fastcgi_pass_request_body "
     "fastcgi_pass_request_headers fastcgi_read_timeout fastcgi_request_buffering fastcgi_send_lowat "
     "fastcgi_send_timeout fastcgi_socket_keepalive fastcgi_split_path_info fastcgi_store fastcgi_store_access "
     "fastcgi_temp_file_write_size fastcgi_temp_path grpc_bind grpc_buffer_size grpc_connect_timeout "
     "grpc_hide_header grpc_ignore_headers grpc_intercept_errors grpc_next_upstream grpc_next_upstream_timeout "
     "grpc_next_upstream_tries grpc_pass_header grpc_read_timeout grpc_send_timeout grpc_set_header "
     "grpc_socket_keepalive grpc_ssl_certificate grpc_ssl_certificate_cache grpc_ssl_certificate_key "
     "grpc_ssl_ciphers grpc_ssl_conf_command grpc_ssl_crl grpc_ssl_key_log grpc_ssl_name "
     "grpc_ssl_password_file grpc_ssl_protocols grpc_ssl_server_name grpc_ssl_session_reuse "
     "grpc_ssl_trusted_certificate grpc_ssl_verify grpc_ssl_verify_depth gunzip gunzip_buffers gzip_buffers "
     "gzip_comp_level gzip_disable gzip_hash gzip_http_version gzip_min_length gzip_no_buffer gzip_proxied "
     "gzip_static gzip_types gzip_vary gzip_window http2_chunk_size http2_push http2_push_preload "
     "if_modified_since image_filter_buffer image_filter_interlace image_filter_jpeg_quality "
     "image_filter_sharpen image_filter_transparency image_filter_webp_quality index internal_redirect "
     "js_fetch_ciphers js_fetch_protocols js_fetch_trusted_certificate js_fetch_verify js_fetch_verify_depth "
     "keepalive_disable limit_conn_status limit_req limit_req_dry_run limit_req_log_level limit_req_status "
     "lingering_close lingering_time lingering_timeout log_not_found log_subrequest lua_ssl_ciphers "
     "lua_ssl_conf_command lua_ssl_crl lua_ssl_protocols lua_ssl_trusted_certificate lua_ssl_verify_depth "
     "max_ranges memc_buffer_size memc_connect_timeout memc_next_upstream memc_read_timeout memc_send_timeout "
     "memc_upstream_fail_timeout memc_upstream_max_fails memcached_bind memcached_buffer_size "
     "memcached_connect_timeout memcached_gzip_flag memcached_next_upstream memcached_next_upstream_timeout "
     "memcached_next_upstream_tries memcached_read_timeout memcached_send_timeout memcached_socket_keepalive "
     "min_delete_depth mirror mirror_request_body modern_browser modern_browser_value modsecurity "
     "modsecurity_rules modsecurity_rules_file modsecurity_rules_remote modsecurity_transaction_id "
     "mp4_buffer_size mp4_max_buffer_size mp4_start_key_frame msie_padding msie_refresh open_file_cache "
     "open_file_cache_errors open_file_cache_events open_file_cache_min_uses open_file_cache_valid "
     "otel_span_attr otel_span_name otel_trace otel_trace_context output_buffers port_in_redirect "
     "postpone_gzipping postpone_output proxy_allow_upstream proxy_buffering proxy_buffers "
     "proxy_busy_buffers_size proxy_cache proxy_cache_background_update proxy_cache_bypass "
     "proxy_cache_convert_head proxy_cache_key proxy_cache_lock proxy_cache_lock_age proxy_cache_lock_timeout "
     "proxy_cache_max_range_offset proxy_cache_methods proxy_cache_min_uses proxy_cache_purge "
     "proxy_cache_revalidate proxy_cache_use_stale proxy_cache_valid proxy_cookie_domain proxy_cookie_flags "
     "proxy_cookie_path proxy_force_ranges proxy_headers_hash_bucket_size proxy_headers_hash_max_size "
     "proxy_hide_header proxy_http_version proxy_ignore_client_abort proxy_ignore_headers "
     "proxy_intercept_errors proxy_limit_rate proxy_max_temp_file_size proxy_method proxy_no_cache "
     "proxy_pass_header proxy_pass_request_body proxy_pass_request_headers proxy_pass_trailers "
     "proxy_read_timeout proxy_redirect proxy_request_buffering proxy_request_dynamic proxy_send_lowat "
     "proxy_send_timeout proxy_set_body proxy_set_header proxy_ssl_certificate_cache proxy_ssl_key_log "
     "proxy_store proxy_store_access proxy_temp_file_write_size proxy_temp_path read_ahead real_ip_header "
     "real_ip_recursive recursive_error_pages reset_timedout_connection rtmp_control rtmp_stat "
     "rtmp_stat_stylesheet satisfy scgi_bind scgi_buffer_size scgi_buffering scgi_buffers "
     "scgi_busy_buffers_size scgi_cache scgi_cache_background_update scgi_cache_bypass scgi_cache_key "
     "scgi_cache_lock scgi_cache_lock_age scgi_cache_lock_timeout scgi_cache_max_range_offset "
     "scgi_cache_methods scgi_cache_min_uses scgi_cache_purge scgi_cache_revalidate scgi_cache_use_stale "
     "scgi_cache_valid scgi_connect_timeout scgi_force_ranges scgi_hide_header scgi_ignore_client_abort "
     "scgi_ignore_headers scgi_intercept_errors scgi_limit_rate scgi_max_temp_file_size scgi_next_upstream "
     "scgi_next_upstream_timeout scgi_next_upstream_tries scgi_no_cache scgi_param scgi_pass_header "
     "scgi_pass_request_body scgi_pass_request_headers scgi_read_timeout scgi_request_buffering "
     "scgi_send_timeout scgi_socket_keepalive scgi_store scgi_store_access scgi_temp_file_write_size "
     "scgi_temp_path secure_link secure_link_md5 secure_link_secret send_lowat send_timeout sendfile_max_chunk "
     "server_name_in_redirect server_tokens slice srcache_ignore_content_encoding srcache_methods "
     "srcache_request_cache_control srcache_response_cache_control srcache_store_hide_header "
     "srcache_store_no_cache srcache_store_no_store srcache_store_pass_header srcache_store_private "
     "srcache_store_ranges ssi_ignore_recycled_buffers ssi_last_modified ssi_min_file_chunk ssi_silent_errors "
     "ssi_types ssi_value_length status_zone sub_filter sub_filter_last_modified sub_filter_once "
     "sub_filter_types subrequest_output_buffer_size subs_buffers subs_filter subs_filter_bypass "
     "subs_filter_types subs_line_buffer_size tcp_nopush types_hash_bucket_size types_hash_max_size userid "
     "userid_domain userid_expires userid_flags userid_mark userid_name userid_p3p userid_path userid_service "
     "uwsgi_bind uwsgi_buffer_size uwsgi_buffering uwsgi_buffers uwsgi_busy_buffers_size uwsgi_cache "
     "uwsgi_cache_background_update uwsgi_cache_bypass uwsgi_cache_key uwsgi_cache_lock uwsgi_cache_lock_age "
     "uwsgi_cache_lock_timeout uwsgi_cache_max_range_offset uwsgi_cache_methods uwsgi_cache_min_uses "
     "uwsgi_cache_purge uwsgi_cache_revalidate uwsgi_cache_use_stale uwsgi_cache_valid uwsgi_connect_timeout "
     "uwsgi_force_ranges uwsgi_hide_header uwsgi_ignore_client_abort uwsgi_ignore_headers "
     "uwsgi_intercept_errors uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_modifier1 uwsgi_modifier2 "
     "uwsgi_next_upstream uwsgi_next_upstream_timeout uwsgi_next_upstream_tries uwsgi_no_cache uwsgi_param "
     "uwsgi_pass_header uwsgi_pass_request_body uwsgi_pass_request_headers uwsgi_read_timeout "
     "uwsgi_request_buffering uwsgi_send_timeout uwsgi_socket_keepalive uwsgi_ssl_certificate "
     "uwsgi_ssl_certificate_cache uwsgi_ssl_certificate_key uwsgi_ssl_ciphers uwsgi_ssl_conf_command "
     "uwsgi_ssl_crl uwsgi_ssl_key_log uwsgi_ssl_name uwsgi_ssl_password_file uwsgi_ssl_protocols "
     "uwsgi_ssl_server_name uwsgi_ssl_session_reuse uwsgi_ssl_trusted_certificate uwsgi_ssl_verify "
     "uwsgi_ssl_verify_depth uwsgi_store uwsgi_store_access uwsgi_string uwsgi_temp_file_write_size "
     "uwsgi_temp_path xml_entities xslt_last_modified xslt_param xslt_string_param xslt_types"},
    {kHttp | kServer | kLocation | kUpstream, false, "keepalive_requests keepalive_time keepalive_timeout"},
    {kHttp | kServer | kLocation | kUpstream | kMail | kMailServer | kStream | kStreamServer, false,
     "resolver resolver_timeout"},
    {kHttp | kServer | kLocation | kServerIf | kLocationIf, false,
     "rewrite_log set_base32_alphabet set_base32_padding set_decode_base32 set_decode_base64 "
     "set_decode_base64url set_decode_hex set_encode_base32 set_encode_base64 set_encode_base64url "
     "set_encode_hex set_escape_uri set_formatted_gmt_time set_formatted_local_time set_hashed_upstream "
     "set_hmac_sha1 set_hmac_sha256 set_if_empty set_local_today set_md5 set_misc_base32_padding "
     "set_quote_json_str set_quote_pgsql_str set_quote_sql_str set_random set_rotate "
     "set_secure_random_alphanum set_secure_random_lcalpha set_sha1 set_unescape_uri "
     "uninitialized_variable_warn"},
    {kHttp | kServer | kLocation | kLocationIf, false,
     "access_by_lua access_by_lua_file add_header add_trailer body_filter_by_lua body_filter_by_lua_file "
     "brotli charset error_page expires gzip header_filter_by_lua header_filter_by_lua_file limit_rate "
     "limit_rate_after log_by_lua log_by_lua_file lua_check_client_abort lua_code_cache lua_http10_buffering "
     "lua_need_request_body lua_socket_buffer_size lua_socket_connect_timeout lua_socket_keepalive_timeout "
     "lua_socket_log_errors lua_socket_pool_size lua_socket_read_timeout lua_socket_send_lowat "
     "lua_socket_send_timeout lua_transform_underscores_in_response_headers lua_use_default_type "
     "memc_cmds_allowed more_clear_headers more_clear_input_headers more_set_headers more_set_input_headers "
     "override_charset post_action rewrite_by_lua rewrite_by_lua_file root sendfile source_charset "
     "srcache_buffer srcache_default_expire srcache_fetch srcache_fetch_skip srcache_header_buffer_size "
     "srcache_max_expire srcache_store srcache_store_max_size srcache_store_skip srcache_store_statuses ssi"},
    {kHttp | kServer | kLocation | kLocationIf | kLimitExcept | kStream | kStreamServer | kRtmp, false, "access_log"},
    {kHttp | kServer | kLocation | kLimitExcept, false,
     "auth_basic auth_basic_user_file auth_pam auth_pam_service_name auth_pam_set_pam_env"},
    {kHttp | kServer | kLocation | kLimitExcept | kStream | kStreamServer | kRtmp, false, "allow deny"},
    {kHttp | kServer | kLocation | kMail | kMailServer | kStream | kStreamServer, false, "set_real_ip_from"},
    {kHttp | kServer | kLocation | kStream | kStreamServer, false,
     "js_fetch_buffer_size js_fetch_max_response_buffer_size js_fetch_timeout js_import js_path "
     "js_preload_object js_set js_var limit_conn limit_conn_dry_run limit_conn_log_level open_log_file_cache "
     "proxy_bind proxy_buffer_size proxy_connect_timeout proxy_next_upstream proxy_next_upstream_timeout "
     "proxy_next_upstream_tries proxy_socket_keepalive proxy_ssl_certificate proxy_ssl_certificate_key "
     "proxy_ssl_ciphers proxy_ssl_conf_command proxy_ssl_crl proxy_ssl_name proxy_ssl_password_file "
     "proxy_ssl_protocols proxy_ssl_server_name proxy_ssl_session_reuse proxy_ssl_trusted_certificate "
     "proxy_ssl_verify proxy_ssl_verify_depth tcp_nodelay"},
    {kHttp | kServer | kMail | kMailServer, false, "ssl"},
    {kHttp | kServer | kMail | kMailServer | kStream | kStreamServer, false,
     "ssl_certificate ssl_certificate_key ssl_ciphers ssl_client_certificate ssl_conf_command ssl_crl "
     "ssl_dhparam ssl_ecdh_curve ssl_password_file ssl_prefer_server_ciphers ssl_protocols ssl_session_cache "
     "ssl_session_ticket_key ssl_session_tickets ssl_session_timeout ssl_trusted_certificate ssl_verify_client "
     "ssl_verify_depth"},
    {kHttp | kStream, false,
     "keyval keyval_zone limit_conn_zone map_hash_bucket_size map_hash_max_size variables_hash_bucket_size "
     "variables_hash_max_size"},
    {kHttp | kStream | kRtmp, false, "log_format"},
    {kServer | kLocation, false, "referer_hash_bucket_size referer_hash_max_size stub_status try_files valid_referers"},
    {kServer | kLocation | kServerIf | kLocationIf, false, "break rewrite set_by_lua set_by_lua_file"},
    {kServer | kLocation | kServerIf | kLocationIf | kStreamServer, false, "return set"},
    {kServer | kMail | kMailServer, false, "server_name"},
    {kServer | kMailServer | kStreamServer | kRtmp, false, "listen"},
    {kLocation, false,
     "alias api empty_gif f4f flv image_filter internal mp4 random_index session_log status xslt_stylesheet"},
    {kLocation | kUpstream, false, "health_check"},
    {kLocation | kLocationIf, false,
     "content_by_lua content_by_lua_file echo echo_abort_parent echo_after_body echo_before_body "
     "echo_blocking_sleep echo_duplicate echo_end echo_exec echo_flush echo_foreach_split echo_location "
     "echo_location_async echo_read_request_body echo_request_body echo_reset_timer echo_sleep echo_status "
     "echo_subrequest echo_subrequest_async fastcgi_pass grpc_pass memc_flags_to_last_modified "
     "memc_ignore_client_abort memc_pass memcached_pass scgi_pass uwsgi_pass"},
    {kLocation | kLocationIf | kLimitExcept, false, "js_body_filter js_content js_header_filter"},
    {kLocation | kLocationIf | kLimitExcept | kStreamServer, false, "proxy_pass"},
    {kLocation | kLimitExcept, false, "perl"},
    {kLocation | kRtmp, false, "hls"},
    {kUpstream, false,
     "balancer_by_lua_file fair ip_hash keepalive least_time ntlm queue state sticky sticky_cookie_insert"},
    {kUpstream | kStreamUpstream, false, "hash least_conn random server zone"},
    {kMail | kMailServer, false,
     "auth_http auth_http_header auth_http_pass_client_cert auth_http_timeout imap_auth imap_capabilities "
     "imap_client_buffer max_errors pop3_auth pop3_capabilities proxy proxy_buffer proxy_pass_error_message "
     "proxy_smtp_auth smtp_auth smtp_capabilities smtp_client_buffer smtp_greeting_delay starttls xclient"},
    {kMail | kMailServer | kStream | kStreamServer, false, "proxy_protocol proxy_timeout"},
    {kMail | kMailServer | kRtmp, false, "timeout"},
    {kMailServer, false, "protocol"},
    {kStream | kStreamServer, false,
     "js_access js_filter js_preread preread_buffer_size preread_timeout proxy_download_rate "
     "proxy_downstream_buffer proxy_half_close proxy_protocol_timeout proxy_requests proxy_responses proxy_ssl "
     "proxy_upload_rate proxy_upstream_buffer ssl_alpn ssl_handshake_timeout ssl_preread"},
    {kRtmp, false,
     "ack_window buffer buflen busy chunk_size dash dash_cleanup dash_fragment dash_nested dash_path "
     "dash_playlist_length drop_idle_publisher exec exec_kill_signal exec_options exec_play exec_play_done "
     "exec_publish exec_publish_done exec_pull exec_push exec_record_done exec_static hls_audio_buffer_size "
     "hls_base_url hls_cleanup hls_continuous hls_fragment hls_fragment_naming hls_fragment_naming_granularity "
     "hls_fragment_slicing hls_fragments_per_key hls_key_path hls_key_url hls_keys hls_max_audio_delay "
     "hls_max_fragment hls_muxdelay hls_nested hls_path hls_playlist_length hls_sync hls_type hls_variant "
     "idle_streams interleave live max_connections max_message max_streams meta netcall_buffer netcall_timeout "
     "notify_method notify_relay_redirect notify_update_strict notify_update_timeout on_connect on_disconnect "
     "on_done on_play on_play_done on_publish on_publish_done on_record_done on_update out_cork out_queue ping "
     "ping_timeout play play_local_path play_restart play_temp_path play_time_fix publish_notify "
     "publish_time_fix pull pull_reconnect push push_reconnect record record_append record_interval "
     "record_lock record_max_frames record_max_size record_notify record_path record_suffix record_unique "
     "relay_buffer respawn respawn_timeout session_relay so_keepalive stream_buckets sync wait_key wait_video"},
    {kAnywhere, false, "include"},
};

struct Entry {
  std::string_view name;
  bool has_block;
  NginxContexts contexts;
};

const std::vector<Entry>& table() {
  static const std::vector<Entry> entries = [] {
    std::vector<Entry> all;
    for (const Group& group : kGroups) {
      std::string_view names = group.names;
      while (!names.empty()) {
        std::string_view name = names.substr(0, names.find(' '));
        all.push_back({name, group.has_block, group.contexts});
        names.remove_prefix(std::min(names.size(), name.size() + 1));
      }
    }
    std::ranges::stable_sort(all, {}, &Entry::name);
    return all;
  }();
  return entries;
}

}  // namespace

NginxContexts contexts_of_directive(std::string_view name, bool has_block) {
  NginxContexts contexts = 0;
  auto entry = std::ranges::lower_bound(table(), name, {}, &Entry::name);
  for (; entry != table().end() && entry->name == name; ++entry) {
    if (entry->has_block == has_block) contexts |= entry->contexts;
  }
  return contexts;
}

bool is_nginx_directive(std::string_view name) {
  return std::ranges::binary_search(table(), name, {}, &Entry::name);
}

NginxContexts context_inside(std::string_view name, NginxContexts context) {
  constexpr std::string_view kDataBlocks[] = {"types", "map", "geo", "split_clients", "charset_map", "geoip2", "match"};
  if (std::ranges::find(kDataBlocks, name) != std::end(kDataBlocks)) return kData;
  if (context == kMain) {
    if (name == "events") return kEvents;
    if (name == "http") return kHttp;
    if (name == "stream") return kStream;
    if (name == "mail") return kMail;
    return name == "rtmp" ? NginxContexts{kRtmp} : NginxContexts{kOther};
  }
  if (name == "server") {
    if (context == kHttp) return kServer;
    if (context == kStream) return kStreamServer;
    if (context == kMail) return kMailServer;
  }
  if (name == "upstream") return context == kStream ? NginxContexts{kStreamUpstream} : NginxContexts{kUpstream};
  if (name == "location") return kLocation;
  if (name == "if") return context == kServer ? NginxContexts{kServerIf} : NginxContexts{kLocationIf};
  if (name == "limit_except") return kLimitExcept;
  return kOther;
}

}  // namespace halint

// The language server as a value: messages in, messages out. It knows neither streams nor threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lsp/analysis.h"
#include "lsp/diagnostics.h"
#include "lsp/documents.h"
#include "lsp/protocol.h"

namespace halint::lsp {

struct ServerOptions {
  OpenFiles open_files;
  std::string version;
  std::int64_t now = 0;  // Seconds since 1970.
};

// Language Server Protocol 3.17. Whoever runs it hands over messages, and runs the jobs that it takes, in any thread,
// one at a time. Everything else is done at once, from the last finished job.
class Server {
 public:
  explicit Server(ServerOptions options);

  // One message of the client; what to send in answer, in order.
  std::vector<Json> handle(const Json& message);
  // Bytes that were no JSON.
  std::vector<Json> handle_garbage() const;

  // The next folder that has changed; none while nothing has.
  std::optional<AnalysisJob> take_job();
  std::vector<Json> finish(Analysis analysis);
  // The running job takes long: what to tell the user.
  std::vector<Json> report_progress();

  bool is_done() const { return has_exited_; }
  // 0 after `shutdown`, else 1, as the protocol says.
  int exit_code() const { return is_shut_down_ ? 0 : 1; }

 private:
  struct Folder {
    bool is_dirty = true;
    std::optional<Analysis> analysis;
    std::shared_ptr<FolderMemory> memory = std::make_shared<FolderMemory>();
    std::map<std::string, Json> published;  // By path: what the client shows.
  };
  using Out = std::vector<Json>;

  Json initialize(const Json& parameters);
  void answer(const Json& id, const std::string& method, const Json& parameters, Out& out);
  void notice(const std::string& method, const Json& parameters, Out& out);
  void change_folders(const Json& parameters, Out& out);
  void add_folder(const std::string& uri);
  void adopt(const std::string& path);
  void mark_dirty(const std::string& path);
  void mark_all_dirty();
  void register_watchers(Out& out);
  void execute(const Json& id, const Json& parameters, Out& out);
  void clear(Folder& folder, Out& out);
  void end_progress(Out& out);
  // The finished analysis that knows a file; null if there is none.
  const Analysis* analysis_of(const std::string& path) const;
  bool is_newer(const std::string& path) const;
  const Json& published_for(const std::string& path) const;
  Json request(const char* method, Json parameters);

  ServerOptions options_;
  ClientAbilities client_;
  Documents documents_;
  std::map<std::string, Folder> folders_;  // By absolute path.
  bool is_initialized_ = false;
  bool is_shut_down_ = false;
  bool has_exited_ = false;
  bool can_watch_ = false;
  bool can_show_progress_ = false;
  bool shows_rule_pages_ = false;  // Else the user would see nothing of an explanation but a message.
  bool has_progress_ = false;
  int next_id_ = 1;
};

}  // namespace halint::lsp

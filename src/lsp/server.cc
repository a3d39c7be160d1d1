// The language server as a value: messages in, messages out.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/server.h"

#include <fmt/format.h>

#include <algorithm>

#include "lsp/features.h"
#include "lsp/hover.h"

namespace halint::lsp {
namespace {

// Error codes of JSON-RPC and of the protocol.
constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601, kNotInitialized = -32002;
// TextDocumentSyncKind.Incremental, MessageType.Info.
constexpr int kIncremental = 2, kInfo = 3;
constexpr const char* kProgressToken = "halint/analysis";

Json notification(const char* method, Json parameters) {
  return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(parameters)}};
}

Json response(const Json& id, Json result) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

Json failure(const Json& id, int code, std::string message) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", std::move(message)}}}};
}

bool is_true(const Json& value) {
  return value.is_boolean() && value.get<bool>();
}

// UTF-8 if the client offers it, so that nothing has to be counted; UTF-16 is what all clients know.
Encoding choose_encoding(const Json& offered) {
  auto offers = [&](const char* name) { return std::find(offered.begin(), offered.end(), name) != offered.end(); };
  if (!offered.is_array()) return Encoding::kUtf16;
  if (offers("utf-8")) return Encoding::kUtf8;
  return offers("utf-32") ? Encoding::kUtf32 : Encoding::kUtf16;
}

const char* name_of(Encoding encoding) {
  if (encoding == Encoding::kUtf8) return "utf-8";
  return encoding == Encoding::kUtf32 ? "utf-32" : "utf-16";
}

Json capabilities(Encoding encoding) {
  return {{"positionEncoding", name_of(encoding)},
          {"textDocumentSync", {{"openClose", true}, {"change", kIncremental}, {"save", true}}},
          {"hoverProvider", true},
          {"documentSymbolProvider", true},
          {"definitionProvider", true},
          {"referencesProvider", true},
          {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}},
          {"executeCommandProvider", {{"commands", {"halint.explain"}}}},
          {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
}

}  // namespace

Server::Server(ServerOptions options) : options_(std::move(options)) {}

std::vector<Json> Server::handle_garbage() const {
  return {failure(nullptr, kParseError, "this is not JSON")};
}

std::vector<Json> Server::handle(const Json& message) {
  Out out;
  std::string method = text_of(message, "method");
  const Json& id = member(message, {"id"});
  const Json& parameters = member(message, {"params"});
  bool is_request = message.is_object() && message.contains("id");
  if (method.empty()) {
    // Answers of the client to what was asked need no action.
    bool is_answer = is_request && (message.contains("result") || message.contains("error"));
    if (!is_answer) out.push_back(failure(nullptr, kInvalidRequest, "this is neither a request nor an answer"));
    return out;
  }
  if (method == "exit") {
    has_exited_ = true;
  } else if (is_request && method == "initialize") {
    out.push_back(response(id, initialize(parameters)));
  } else if (!is_initialized_ || (is_shut_down_ && is_request)) {
    int code = is_shut_down_ ? kInvalidRequest : kNotInitialized;
    if (is_request) out.push_back(failure(id, code, "the server does not run"));
  } else if (is_request) {
    answer(id, method, parameters, out);
  } else {
    notice(method, parameters, out);
  }
  return out;
}

Json Server::initialize(const Json& parameters) {
  is_initialized_ = true;
  const Json& client = member(parameters, {"capabilities"});
  client_.encoding = choose_encoding(member(client, {"general", "positionEncodings"}));
  client_.shows_related_information =
      is_true(member(client, {"textDocument", "publishDiagnostics", "relatedInformation"}));
  shows_rule_pages_ = is_true(member(parameters, {"initializationOptions", "showsRulePages"}));
  client_.hover_shows_diagnostics = is_true(member(parameters, {"initializationOptions", "hoverShowsDiagnostics"}));
  can_watch_ = is_true(member(client, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"}));
  can_show_progress_ = is_true(member(client, {"window", "workDoneProgress"}));
  const Json& folders = member(parameters, {"workspaceFolders"});
  if (folders.is_array()) {
    for (const Json& folder : folders) add_folder(text_of(folder, "uri"));
  } else if (std::string uri = text_of(parameters, "rootUri"); !uri.empty()) {
    add_folder(uri);
  }
  return {{"capabilities", capabilities(client_.encoding)},
          {"serverInfo", {{"name", "halint"}, {"version", options_.version}}}};
}

void Server::answer(const Json& id, const std::string& method, const Json& parameters, Out& out) {
  std::string path = path_of_uri(text_of(member(parameters, {"textDocument"}), "uri"));
  const Analysis* analysis = analysis_of(path);
  if (method == "shutdown") {
    is_shut_down_ = true;
    out.push_back(response(id, nullptr));
  } else if (method == "textDocument/hover") {
    bool is_known = analysis != nullptr && !is_newer(path);
    const Json& position = member(parameters, {"position"});
    out.push_back(response(id, is_known ? hover_at(*analysis, path, position, client_) : Json(nullptr)));
  } else if (method == "textDocument/documentSymbol") {
    out.push_back(
        response(id, analysis != nullptr ? symbols_of(*analysis, path, client_.encoding) : Json(Json::array())));
  } else if (method == "textDocument/definition" || method == "textDocument/references") {
    bool is_known = analysis != nullptr && !is_newer(path);
    const Json& position = member(parameters, {"position"});
    auto find = method == "textDocument/definition" ? definition_at : references_at;
    out.push_back(response(id, is_known ? find(*analysis, path, position, client_.encoding) : Json(Json::array())));
  } else if (method == "textDocument/codeAction") {
    // Edits that were made for another text would land somewhere else.
    out.push_back(
        response(id, is_newer(path) ? Json(Json::array()) : code_actions_of(parameters, published_for(path))));
  } else if (method == "workspace/executeCommand") {
    execute(id, parameters, out);
  } else {
    out.push_back(failure(id, kMethodNotFound, "there is no method " + method));
  }
}

void Server::execute(const Json& id, const Json& parameters, Out& out) {
  const Json& arguments = member(parameters, {"arguments"});
  bool is_known = text_of(parameters, "command") == "halint.explain" && arguments.is_array() && !arguments.empty() &&
                  arguments[0].is_string();
  std::string page = is_known ? explain_rule(arguments[0].get<std::string>()) : std::string();
  if (page.empty()) return out.push_back(failure(id, kInvalidRequest, "halint.explain takes the name of a rule"));
  if (!shows_rule_pages_) {
    const Rule* rule = builtin_rules().find(arguments[0].get<std::string>());
    std::string text = fmt::format("{}: {}\n\n{}", rule->id, rule->title, read_prose(*rule).why);
    out.push_back(notification("window/showMessage", {{"type", kInfo}, {"message", std::move(text)}}));
  }
  out.push_back(response(id, std::move(page)));
}

void Server::notice(const std::string& method, const Json& parameters, Out& out) {
  std::string path = path_of_uri(text_of(member(parameters, {"textDocument"}), "uri"));
  if (method == "initialized") {
    register_watchers(out);
  } else if (method == "textDocument/didOpen") {
    documents_.open(parameters);
    adopt(path);
    mark_dirty(path);
  } else if (method == "textDocument/didChange") {
    documents_.change(parameters, client_.encoding);
    mark_dirty(path);
  } else if (method == "textDocument/didClose") {
    documents_.close(parameters);
    mark_dirty(path);
  } else if (method == "textDocument/didSave") {
    mark_dirty(path);
  } else if (method == "workspace/didChangeWatchedFiles") {
    for (const Json& change : member(parameters, {"changes"})) mark_dirty(path_of_uri(text_of(change, "uri")));
  } else if (method == "workspace/didChangeWorkspaceFolders") {
    change_folders(parameters, out);
  } else if (method == "workspace/didChangeConfiguration") {
    mark_all_dirty();
  }
}

namespace {

std::string path_of_folder(const std::string& uri) {
  std::string path = path_of_uri(uri);
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

void Server::add_folder(const std::string& uri) {
  std::string path = path_of_folder(uri);
  if (!path.empty()) folders_.try_emplace(path);
}

// A file that is opened outside of all folders makes its directory one.
void Server::adopt(const std::string& path) {
  if (path.empty()) return;
  bool is_held = std::ranges::any_of(folders_, [&](const auto& folder) { return is_within(path, folder.first); });
  if (!is_held) folders_.try_emplace(directory_of(path));
}

void Server::change_folders(const Json& parameters, Out& out) {
  for (const Json& folder : member(parameters, {"event", "removed"})) {
    auto found = folders_.find(path_of_folder(text_of(folder, "uri")));
    if (found == folders_.end()) continue;
    clear(found->second, out);
    folders_.erase(found);
  }
  for (const Json& folder : member(parameters, {"event", "added"})) add_folder(text_of(folder, "uri"));
}

void Server::mark_dirty(const std::string& path) {
  for (auto& [folder, state] : folders_) {
    // A configuration above the folder counts too.
    if (is_within(path, folder) || is_within(folder, directory_of(path))) state.is_dirty = true;
  }
}

void Server::mark_all_dirty() {
  for (auto& [folder, state] : folders_) state.is_dirty = true;
}

void Server::register_watchers(Out& out) {
  if (!can_watch_) return;
  Json watchers = Json::array();
  for (const char* glob : {"**/*.{tf,tofu,tfvars,json,yaml,yml,template,conf}", "**/.terraform/modules/modules.json"})
    watchers.push_back({{"globPattern", glob}});
  Json registration = {{"id", "halint/files"},
                       {"method", "workspace/didChangeWatchedFiles"},
                       {"registerOptions", {{"watchers", std::move(watchers)}}}};
  out.push_back(request("client/registerCapability", {{"registrations", Json::array({std::move(registration)})}}));
}

Json Server::request(const char* method, Json parameters) {
  Json message = notification(method, std::move(parameters));
  message["id"] = fmt::format("halint/{}", next_id_++);
  return message;
}

std::optional<AnalysisJob> Server::take_job() {
  if (!is_initialized_ || is_shut_down_) return std::nullopt;
  for (auto& [path, folder] : folders_) {
    if (!folder.is_dirty) continue;
    folder.is_dirty = false;
    AnalysisJob job;
    job.folder = path;
    job.memory = folder.memory;
    for (const auto& [name, document] : documents_.all()) {
      job.buffers.emplace(name, document.text);
      job.versions.emplace(name, document.version);
    }
    return job;
  }
  return std::nullopt;
}

std::vector<Json> Server::finish(Analysis analysis) {
  Out out;
  end_progress(out);
  auto found = folders_.find(analysis.folder);
  if (found == folders_.end()) return out;
  Folder& folder = found->second;
  std::map<std::string, Json> fresh = diagnostics_of(analysis, client_);
  for (const auto& [path, shown] : folder.published) fresh.try_emplace(path, Json::array());
  for (auto& [path, list] : fresh) {
    Json& shown = folder.published[path];
    auto version = analysis.versions.find(path);
    // What is open is said anew for each version, so that the client can tell that it was looked at.
    if (shown == list && version == analysis.versions.end()) continue;
    const Document* document = documents_.find(path);
    Json parameters = {{"uri", document != nullptr ? document->uri : uri_of_path(path)}, {"diagnostics", list}};
    if (version != analysis.versions.end()) parameters["version"] = version->second;
    out.push_back(notification("textDocument/publishDiagnostics", std::move(parameters)));
    shown = std::move(list);
  }
  std::erase_if(folder.published, [](const auto& item) { return item.second.empty(); });
  folder.analysis = std::move(analysis);
  return out;
}

void Server::clear(Folder& folder, Out& out) {
  for (const auto& [path, list] : folder.published) {
    out.push_back(
        notification("textDocument/publishDiagnostics", {{"uri", uri_of_path(path)}, {"diagnostics", Json::array()}}));
  }
}

std::vector<Json> Server::report_progress() {
  if (!can_show_progress_ || has_progress_) return {};
  has_progress_ = true;
  Json begin = {{"kind", "begin"}, {"title", "halint"}, {"message", "analysing the workspace"}};
  return {request("window/workDoneProgress/create", {{"token", kProgressToken}}),
          notification("$/progress", {{"token", kProgressToken}, {"value", std::move(begin)}})};
}

void Server::end_progress(Out& out) {
  if (!has_progress_) return;
  has_progress_ = false;
  out.push_back(notification("$/progress", {{"token", kProgressToken}, {"value", {{"kind", "end"}}}}));
}

const Analysis* Server::analysis_of(const std::string& path) const {
  for (const auto& [folder, state] : folders_) {
    if (state.analysis && state.analysis->file_of(path).index != 0) return &*state.analysis;
  }
  return nullptr;
}

const Json& Server::published_for(const std::string& path) const {
  static const Json kNothing = Json::array();
  for (const auto& [folder, state] : folders_) {
    if (auto found = state.published.find(path); found != state.published.end()) return found->second;
  }
  return kNothing;
}

bool Server::is_newer(const std::string& path) const {
  const Document* document = documents_.find(path);
  if (document == nullptr) return false;
  return std::ranges::none_of(folders_, [&](const auto& folder) {
    if (!folder.second.analysis) return false;
    const Analysis& analysis = *folder.second.analysis;
    auto version = analysis.versions.find(path);
    if (version != analysis.versions.end() && version->second == document->version) return true;
    // What was just opened is mostly what was read from the disk.
    FileId file = analysis.file_of(path);
    return file.index != 0 && analysis.sources->file(file).text == document->text;
  });
}

}  // namespace halint::lsp

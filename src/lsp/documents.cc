// What is open in the editor: texts that may differ from the disk.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/documents.h"

#include <algorithm>

namespace halint::lsp {
namespace {

std::string path_in(const Json& parameters) {
  return path_of_uri(text_of(member(parameters, {"textDocument"}), "uri"));
}

void apply(std::string& text, const Json& change, Encoding encoding) {
  const Json& range = member(change, {"range"});
  if (!range.is_object()) {
    text = text_of(change, "text");
    return;
  }
  std::size_t begin = offset_of(text, member(range, {"start"}), encoding);
  std::size_t end = std::max(begin, offset_of(text, member(range, {"end"}), encoding));
  text.replace(begin, end - begin, text_of(change, "text"));
}

}  // namespace

void Documents::open(const Json& parameters) {
  const Json& document = member(parameters, {"textDocument"});
  std::string path = path_in(parameters);
  if (path.empty()) return;
  const Json& version = member(document, {"version"});
  documents_[path] = {text_of(document, "uri"), text_of(document, "text"),
                      version.is_number_integer() ? version.get<std::int64_t>() : 0};
}

void Documents::change(const Json& parameters, Encoding encoding) {
  auto found = documents_.find(path_in(parameters));
  if (found == documents_.end()) return;
  const Json& version = member(parameters, {"textDocument", "version"});
  if (version.is_number_integer()) found->second.version = version.get<std::int64_t>();
  for (const Json& change : member(parameters, {"contentChanges"})) apply(found->second.text, change, encoding);
}

void Documents::close(const Json& parameters) {
  documents_.erase(path_in(parameters));
}

const Document* Documents::find(const std::string& path) const {
  auto found = documents_.find(path);
  return found == documents_.end() ? nullptr : &found->second;
}

}  // namespace halint::lsp

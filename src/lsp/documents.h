// What is open in the editor: texts that may differ from the disk.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "lsp/protocol.h"

namespace halint::lsp {

struct Document {
  std::string uri;  // As the client spells it.
  std::string text;
  std::int64_t version = 0;
};

// By path.
class Documents {
 public:
  // The parameters of `textDocument/didOpen`, `didChange`, `didClose`. What makes no sense is left alone.
  void open(const Json& parameters);
  void change(const Json& parameters, Encoding encoding);
  void close(const Json& parameters);

  // Null if it is not open.
  const Document* find(const std::string& path) const;
  const std::map<std::string, Document>& all() const { return documents_; }

 private:
  std::map<std::string, Document> documents_;
};

}  // namespace halint::lsp

// Stand-ins for well-known modules of the registry (stubs/): what is judged when the module itself is not installed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_file.h"
#include "graph/schema.h"
#include "terraform/modules/module.h"

namespace halint {

// What stands before the path of a stub's file, in place of a directory of the workspace.
inline constexpr std::string_view kStubRoot = "halint:";

inline bool is_stub(std::string_view directory) {
  return directory.starts_with(kStubRoot);
}

// The directory of the stub for a module call, "halint:stubs/terraform-aws-modules/vpc/aws". Empty if there is none:
// for another module, or a submodule or version that is not described.
std::string stub_directory(const ModuleCall& call);
// The same for a call of a folder within the stub `directory`, "./modules/db_instance".
std::string stub_folder(std::string_view directory, std::string_view source);

// The files of a stub, those that override others last.
std::vector<NamedText> stub_files(std::string_view directory);
bool is_override_of_stub(const NamedText& file);

// Where in the user's own call a resource of a stub is decided: a stub has no places that a user could look at.
class StubPlaces {
 public:
  // `calls`: how the stub was entered, from the call of the folder that holds the resource out to the user's own.
  StubPlaces(const Sources& sources, Arena& arena, std::vector<const Block*> calls)
      : sources_(sources), arena_(arena), calls_(std::move(calls)), call_(*calls_.back()) {}

  // `resource`, made by `declaration`, with all its places moved into the call: an attribute to the input that it is
  // computed from, the header to the first input that the stub names in `halint_at`, else all to the call's header.
  void move(Resource& resource, const Block& declaration) const;
  // A value whose origin lies in a stub gets that of the call.
  Value move(const Value& value) const;

 private:
  bool is_here(const Span& span) const;
  Span input_of(const Expression& expression, std::size_t level, int depth) const;
  Span written_at(const Block& declaration) const;
  Value move(const Value& value, Span otherwise, int depth) const;
  // The value of `body`, each member at the input that it is computed from, else `otherwise`.
  Value place(const Value& value, const Body& body, Span otherwise, int depth) const;
  Value place_block(Member& member, const Body& body, int depth) const;
  Value list_like(const Value& value, std::vector<Value> items, Span origin) const;

  const Sources& sources_;
  Arena& arena_;
  std::vector<const Block*> calls_;
  const Block& call_;  // The user's.
};

}  // namespace halint

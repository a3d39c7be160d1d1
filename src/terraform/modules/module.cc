// A Terraform module: what the files of one directory declare together.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/module.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "base/file_system.h"
#include "base/text.h"
#include "terraform/modules/block_checks.h"
#include "terraform/modules/block_shapes.h"
#include "terraform/modules/stubs.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// Adds `index` under `name`; a second declaration is a fault of the configuration, and the first one counts.
template <typename Index, typename Name>
bool is_first(Module& module, Index& index, const Name& name, std::size_t place, std::string_view what, Span span) {
  if (index.emplace(name, static_cast<std::uint32_t>(place)).second) return true;
  module.diagnostics.push_back(invalid_configuration(span, fmt::format("{} is declared twice in this module", what),
                                                     "remove or rename one of the two"));
  return false;
}

void add_resource(Module& module, const Block& block, bool is_data) {
  ResourceDeclaration declaration{&block, block.labels[0].text, block.labels[1].text, is_data};
  auto& index = is_data ? module.data_index : module.managed_index;
  std::string what = fmt::format("`{}{}.{}`", is_data ? "data." : "", declaration.type, declaration.name);
  if (!is_first(module, index, std::pair(declaration.type, declaration.name), module.resources.size(), what,
                block.header)) {
    return;
  }
  module.resources.push_back(declaration);
}

void add_named(Module& module, std::vector<VariableDeclaration>& declarations, NameIndex& index, const Block& block,
               std::string_view prefix) {
  std::string_view name = block.labels[0].text;
  std::string what = fmt::format("`{}{}`", prefix, name);
  if (is_first(module, index, name, declarations.size(), what, block.header)) declarations.push_back({&block, name});
}

void add_locals(Module& module, const Block& block) {
  for (const Attribute& local : block.body.attributes) {
    std::string what = fmt::format("`local.{}`", local.name);
    if (is_first(module, module.local_index, local.name, module.locals.size(), what, local.name_span)) {
      module.locals.push_back(&local);
    }
  }
}

void add_call(Module& module, const Block& block) {
  std::string_view name = block.labels[0].text;
  if (!is_first(module, module.call_index, name, module.calls.size(), fmt::format("`module.{}`", name), block.header)) {
    return;
  }
  ModuleCall call;
  call.block = &block;
  call.name = name;
  module.calls.push_back(std::move(call));
}

struct BlockForm {
  std::string_view type;
  std::size_t labels;
};
constexpr BlockForm kForms[] = {{"resource", 2}, {"data", 2},     {"variable", 1},  {"output", 1}, {"module", 1},
                                {"locals", 0},   {"provider", 1}, {"terraform", 0}, {"moved", 0},  {"import", 0},
                                {"removed", 0},  {"check", 1},    {"ephemeral", 2}};
// Of newer versions of Terraform: known, but not read.
constexpr std::string_view kOtherBlocks[] = {"action", "list", "language"};

bool has_form(Module& module, const Block& block) {
  bool is_known = std::ranges::find(kForms, block.type, &BlockForm::type) != std::end(kForms);
  if (!is_known) {
    if (std::ranges::find(kOtherBlocks, block.type) != std::end(kOtherBlocks)) return false;
    std::vector<std::string_view> types;
    for (const BlockForm& form : kForms) types.push_back(form.type);
    std::optional<std::string_view> near = did_you_mean(block.type, types);
    module.diagnostics.push_back(syntax_error(block.header, fmt::format("Terraform has no block `{}`", block.type),
                                              near ? fmt::format("did you mean `{}`?", *near) : ""));
    return false;
  }
  for (const BlockForm& form : kForms) {
    if (form.type != block.type || form.labels == block.labels.size()) continue;
    constexpr std::string_view kExamples[] = {"{", "\"NAME\" {", "\"TYPE\" \"NAME\" {"};
    module.diagnostics.push_back(
        syntax_error(block.header,
                     fmt::format("{} has {} label{}, not {}", words_for_block(block.type), form.labels,
                                 form.labels == 1 ? "" : "s", block.labels.size()),
                     fmt::format("write `{} {}`", block.type, kExamples[form.labels])));
    return false;
  }
  return true;
}

void check(Module& module, const Block& block) {
  if (is_stub(module.directory)) return;
  check_shape(block, module.diagnostics);
  check_block(block, module.diagnostics);
  check_references(block, module.diagnostics);
}

// What is declared twice, of the blocks that nothing is looked up in.
void check_duplicates(Module& module, std::span<const Block> blocks, std::set<std::string>& seen) {
  auto see = [&](std::string what, Span span) {
    if (seen.insert(what).second) return;
    module.diagnostics.push_back(invalid_configuration(span, fmt::format("{} is declared twice in this module", what),
                                                       "remove or rename one of the two"));
  };
  for (const Block& block : blocks) {
    if (block.type == "check" && block.labels.size() == 1) {
      see(fmt::format("`check.{}`", block.labels[0].text), block.header);
    } else if (block.type == "ephemeral" && block.labels.size() == 2) {
      see(fmt::format("`ephemeral.{}.{}`", block.labels[0].text, block.labels[1].text), block.header);
    } else if (block.type == "provider" && block.labels.size() == 1) {
      const Attribute* alias = block.body.attribute("alias");
      see(fmt::format("the provider `{}{}{}`", block.labels[0].text, alias != nullptr ? "." : "",
                      alias != nullptr ? alias->value->text : std::string_view()),
          block.header);
    } else if (block.type == "terraform") {
      for (const Block& inner : block.body.blocks) {
        if (inner.type == "backend" || inner.type == "cloud") see("the backend", inner.header);
        if (inner.type == "required_providers") see("`required_providers`", inner.header);
      }
    }
  }
}

// `is_sound`: a file that could not be read whole may have lost what a check looks for.
void add_block(Module& module, const Block& block, bool is_sound) {
  if (!has_form(module, block)) return;
  if (is_sound) check(module, block);
  if (block.type == "resource" || block.type == "data") {
    add_resource(module, block, block.type == "data");
  } else if (block.type == "variable") {
    add_named(module, module.variables, module.variable_index, block, "var.");
  } else if (block.type == "output") {
    add_named(module, module.outputs, module.output_index, block, "output.");
  } else if (block.type == "locals") {
    add_locals(module, block);
  } else if (block.type == "module") {
    add_call(module, block);
  } else if (block.type == "provider") {
    module.providers.push_back(&block);
  }
}

std::string_view alias_of(const Block& block) {
  const Attribute* alias = block.type == "provider" ? block.body.attribute("alias") : nullptr;
  return alias != nullptr ? alias->value->text : std::string_view();
}

bool is_same(const Block& a, const Block& b) {
  return a.type == b.type && std::ranges::equal(a.labels, b.labels, {}, &Label::text, &Label::text) &&
         alias_of(a) == alias_of(b);
}

// `base` with the attributes of `change` in place of its own, and the blocks too, type by type. JSON writes blocks as
// attributes. What `lifecycle` says is changed argument by argument.
Body merge(Arena& arena, const Body& base, const Body& change) {
  auto name_of_block = [](const Block& block) {
    return block.type == "dynamic" && !block.labels.empty() ? block.labels[0].text : block.type;
  };
  auto has_block = [&](const Body& body, std::string_view name) {
    return std::ranges::any_of(body.blocks, [&](const Block& block) { return name_of_block(block) == name; });
  };
  std::vector<Attribute> attributes;
  for (const Attribute& attribute : base.attributes) {
    const Attribute* changed = change.attribute(attribute.name);
    if (changed != nullptr || !has_block(change, attribute.name))
      attributes.push_back(changed != nullptr ? *changed : attribute);
  }
  for (const Attribute& attribute : change.attributes) {
    if (base.attribute(attribute.name) == nullptr) attributes.push_back(attribute);
  }
  std::vector<Block> blocks;
  for (const Block& block : base.blocks) {
    const std::string_view name = name_of_block(block);
    if (!has_block(change, name) && change.attribute(name) == nullptr) blocks.push_back(block);
  }
  for (Block block : change.blocks) {
    auto old = std::ranges::find(base.blocks, block.type, &Block::type);
    if (block.type == "lifecycle" && old != base.blocks.end()) block.body = merge(arena, old->body, block.body);
    blocks.push_back(block);
  }
  return {arena.copy(attributes), arena.copy(blocks)};
}

// All blocks of the module after its override files have had their say.
std::vector<Block> merged_blocks(Module& module) {
  std::vector<Block> blocks;
  std::size_t first_override = module.files.size() - module.override_count;
  for (std::size_t i = 0; i < module.files.size(); ++i) {
    bool is_override = i >= first_override;
    for (const Block& block : module.files[i]->body.blocks) {
      if (is_override && block.type == "locals") continue;
      auto base = is_override ? std::ranges::find_if(blocks, [&](const Block& other) { return is_same(other, block); })
                              : blocks.end();
      if (base != blocks.end()) {
        base->body = merge(*module.merged, base->body, block.body);
      } else {
        blocks.push_back(block);
      }
    }
  }
  return blocks;
}

// Locals are overridden one by one, wherever they are declared.
void override_locals(Module& module) {
  for (std::size_t i = module.files.size() - module.override_count; i < module.files.size(); ++i) {
    for (const Block& block : module.files[i]->body.blocks) {
      if (block.type != "locals") continue;
      for (const Attribute& local : block.body.attributes) {
        auto [place, is_new] =
            module.local_index.try_emplace(local.name, static_cast<std::uint32_t>(module.locals.size()));
        if (is_new) {
          module.locals.push_back(&local);
        } else {
          module.locals[place->second] = &local;
        }
      }
    }
  }
}

}  // namespace

void collect_declarations(Module& module) {
  for (const HclFile* file : module.files) {
    if (!file->diagnostics.empty()) module.is_complete = false;
    for (const Attribute& attribute : file->body.attributes) {
      module.diagnostics.push_back(syntax_error(attribute.span,
                                                fmt::format("`{}` stands outside of any block", attribute.name),
                                                "values of variables belong into a file `terraform.tfvars`"));
    }
  }
  std::set<std::string> seen;
  if (module.override_count == 0) {
    for (const HclFile* file : module.files) {
      for (const Block& block : file->body.blocks) add_block(module, block, file->diagnostics.empty());
      check_duplicates(module, file->body.blocks, seen);
    }
    return;
  }
  std::vector<Block> blocks = merged_blocks(module);
  for (const Block& block : module.merged->copy(blocks)) add_block(module, block, module.is_complete);
  override_locals(module);
}

}  // namespace halint

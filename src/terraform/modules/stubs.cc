// Stand-ins for well-known modules of the registry: found by source and version, placed in the user's call.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/stubs.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/file_system.h"

namespace halint {

// Generated from stubs/.
std::span<const NamedText> builtin_stub_files();

namespace {

constexpr std::string_view kFolder = "stubs/";
// A stub that differs by version stands in a folder of that name below the module's: "before-9".
constexpr std::string_view kBefore = "/before-";
constexpr std::string_view kCommon = "/common";
// Values nest as deep as a stub's few lines and a user's inputs.
constexpr int kDeepest = 64;

// A module of the registry.
struct RegistrySource {
  std::string_view name;    // "terraform-aws-modules/vpc/aws". Empty for other registries and places.
  std::string_view folder;  // "/modules/vpc-endpoints" of a submodule, else empty.
};

RegistrySource registry_source(std::string_view source) {
  constexpr std::string_view kHost = "registry.terraform.io/";
  if (source.starts_with(kHost)) source.remove_prefix(kHost.size());
  const std::string_view name = source.substr(0, source.find("//"));
  std::string_view folder = source.substr(name.size());
  if (!folder.empty()) folder.remove_prefix(1);
  const bool has_three_parts = std::ranges::count(name, '/') == 2;
  const bool is_plain = source.find_first_of(":?") == source.npos && source.find("..") == source.npos;
  return has_three_parts && is_plain ? RegistrySource{name, folder} : RegistrySource();
}

// The number that `text` starts with, and what follows it.
std::optional<int> leading_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// The highest major version that one condition such as "~> 8.7" or "< 6.0" allows; nothing if it allows any newer one.
std::optional<int> highest_major(std::string_view condition) {
  const std::size_t digit = std::min(condition.find_first_of("0123456789"), condition.size());
  const std::string_view comparison = condition.substr(0, digit);
  const bool is_open = comparison.find('>') != comparison.npos && comparison.find('~') == comparison.npos;
  if (is_open || comparison.find('!') != comparison.npos) return std::nullopt;
  condition.remove_prefix(digit);
  const std::optional<int> major = leading_number(condition);
  const bool excludes_it = comparison.find('<') != comparison.npos && comparison.find('=') == comparison.npos &&
                           condition.find_first_of("123456789") == condition.npos;
  return major && excludes_it ? *major - 1 : major;
}

// The major version that `terraform init` would take for constraints such as ">= 5.0, < 6.0"; nothing for the newest.
std::optional<int> major_version(std::string_view constraints) {
  std::optional<int> major;
  while (!constraints.empty()) {
    const std::size_t comma = std::min(constraints.find(','), constraints.size());
    const std::optional<int> highest = highest_major(constraints.substr(0, comma));
    if (highest && (!major || *highest < *major)) major = highest;
    constraints.remove_prefix(std::min(comma + 1, constraints.size()));
  }
  return major;
}

std::string_view file_name(const NamedText& file) {
  return file.name.substr(file.name.rfind('/') + 1);
}

// Stands in place of a description of versions that nobody has described.
bool is_opaque(const NamedText& file) {
  return file_name(file) == "opaque.tf";
}

// The files of the stub's `folder`, not those below it.
std::vector<NamedText> files_in(std::string_view folder) {
  std::vector<NamedText> files;
  for (const NamedText& file : builtin_stub_files()) {
    if (!file.name.starts_with(folder)) continue;
    const std::string_view rest = file.name.substr(folder.size());
    if (rest.rfind('/') == 0) files.push_back(file);
  }
  return files;
}

// The bounds N of the folders `before-N` in `folder`, from the oldest on.
std::set<int> bounds_in(std::string_view folder) {
  std::set<int> bounds;
  for (const NamedText& file : builtin_stub_files()) {
    std::string_view rest = file.name;
    if (!rest.starts_with(folder)) continue;
    rest.remove_prefix(folder.size());
    if (!rest.starts_with(kBefore)) continue;
    rest.remove_prefix(kBefore.size());
    if (const std::optional<int> bound = leading_number(rest)) bounds.insert(*bound);
  }
  return bounds;
}

// The description of the versions from `major` on up to the next bound: that of the least bound above it.
std::string description_of(std::string_view folder, int major) {
  const std::set<int> bounds = bounds_in(folder);
  const auto bound = bounds.upper_bound(major);
  return std::string(folder) + (bound == bounds.end() ? std::string() : std::string(kBefore) + std::to_string(*bound));
}

// The folder that an override file in `folder` changes: of "stubs/N/M/P/before-9" the next newer description, of
// "stubs/N/M/P/modules/ssh" what all such submodules have in common. Empty if there is none.
std::string changed_folder(std::string_view folder) {
  const std::string_view parent = folder.substr(0, folder.rfind('/'));
  std::string_view name = folder.substr(parent.size());
  if (parent.ends_with("/modules")) return name == kCommon ? std::string() : std::string(parent) + std::string(kCommon);
  if (!name.starts_with(kBefore)) return {};
  name.remove_prefix(kBefore.size());
  return description_of(parent, leading_number(name).value_or(0));
}

std::vector<NamedText> described_files(std::string_view folder, int depth);

// `own` changes what another folder says: its files replace those of the same name, its override file comes
// behind all.
std::vector<NamedText> changed_files(std::vector<NamedText> own, std::string_view folder, int depth) {
  const auto has_name = [&](const NamedText& file) {
    return !is_override_of_stub(file) && std::ranges::find(own, file_name(file), &file_name) != own.end();
  };
  std::vector<NamedText> files = described_files(changed_folder(folder), depth + 1);
  std::erase_if(files, has_name);
  for (const NamedText& file : own) files.insert(is_override_of_stub(file) ? files.end() : files.begin(), file);
  return files;
}

std::vector<NamedText> described_files(std::string_view folder, int depth) {
  if (folder.empty() || depth > kDeepest) return {};
  std::vector<NamedText> own = files_in(folder);
  const bool is_change = std::ranges::any_of(own, &is_override_of_stub);
  return is_change ? changed_files(std::move(own), folder, depth) : own;
}

// The newest description that has the submodule: without a version, a call of one that is gone means an older module.
std::string newest_with(std::string_view name, std::string_view folder) {
  const std::set<int> bounds = bounds_in(name);
  std::string directory = std::string(name) + std::string(folder);
  for (auto bound = bounds.rbegin(); files_in(directory).empty() && bound != bounds.rend(); ++bound) {
    directory = std::string(name) + std::string(kBefore) + std::to_string(*bound) + std::string(folder);
  }
  return directory;
}

}  // namespace

bool is_override_of_stub(const NamedText& file) {
  return file_name(file) == "override.tf";
}

std::string stub_directory(const ModuleCall& call) {
  if (!call.source.stub.empty()) return call.source.stub;
  const RegistrySource source = registry_source(call.source.text);
  if (source.name.empty()) return {};
  const std::string name = std::string(kFolder) + std::string(source.name);
  const Attribute* version = call.block->body.attribute("version");
  const bool is_literal = version != nullptr && version->value->kind == ExpressionKind::kString;
  const std::optional<int> major = is_literal ? major_version(version->value->text) : std::nullopt;
  const std::string directory =
      std::string(kStubRoot) +
      (major ? description_of(name, *major) + std::string(source.folder) : newest_with(name, source.folder));
  const std::vector<NamedText> files = stub_files(directory);
  return files.empty() || std::ranges::any_of(files, &is_opaque) ? std::string() : directory;
}

std::string stub_folder(std::string_view directory, std::string_view source) {
  std::string folder = join_path(directory, source);
  return is_stub(folder) && !stub_files(folder).empty() ? folder : std::string();
}

std::vector<NamedText> stub_files(std::string_view directory) {
  return described_files(directory.substr(kStubRoot.size()), 0);
}

bool StubPlaces::is_here(const Span& span) const {
  return span.is_known() && is_stub(sources_.path(span.file));
}

// The first input that `expression`, written in the folder of `calls_[level]`, names and that the user's call gives;
// unknown if there is none.
Span StubPlaces::input_of(const Expression& expression, std::size_t level, int depth) const {
  if (depth > kDeepest) return {};
  const bool is_input = expression.kind == ExpressionKind::kTraversal && expression.text == "var" &&
                        !expression.steps.empty() && expression.steps[0].kind == TraversalStep::Kind::kAttribute;
  if (is_input) {
    const Attribute* input = calls_[level]->body.attribute(expression.steps[0].name);
    if (input == nullptr) return {};
    return level + 1 == calls_.size() ? input->span : input_of(*input->value, level + 1, depth + 1);
  }
  for (const Expression* part : expression.parts) {
    if (part == nullptr) continue;
    if (const Span span = input_of(*part, level, depth + 1); span.is_known()) return span;
  }
  return {};
}

Span StubPlaces::written_at(const Block& declaration) const {
  const Attribute* at = declaration.body.attribute("halint_at");
  if (at == nullptr) return call_.header;
  for (const Expression* name : at->value->parts) {
    const Attribute* input = call_.body.attribute(name->text);
    if (input != nullptr) return input->span;
  }
  return call_.header;
}

Value StubPlaces::move(const Value& value) const {
  return move(value, call_.header, 0);
}

Value StubPlaces::move(const Value& value, Span otherwise, int depth) const {
  if (depth > kDeepest) return value;
  Value moved = is_here(value.origin()) ? value.with_origin(otherwise) : value;
  if (value.is(ValueKind::kMap)) {
    std::vector<Member> members(value.members().begin(), value.members().end());
    for (Member& member : members) {
      member.value = move(member.value, otherwise, depth + 1);
      if (is_here(member.span)) member.span = otherwise;
    }
    moved = Value::map(arena_, std::move(members), moved.origin()).with_sensitive(value.is_sensitive());
  } else if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    std::vector<Value> items(value.items().begin(), value.items().end());
    for (Value& item : items) item = move(item, otherwise, depth + 1);
    moved = list_like(value, std::move(items), moved.origin());
  }
  return moved.with_maybe(value.is_maybe());
}

Value StubPlaces::list_like(const Value& value, std::vector<Value> items, Span origin) const {
  const bool is_list = value.is(ValueKind::kList);
  const Value made =
      is_list ? Value::list(arena_, items, origin, value.rest()) : Value::set(arena_, items, origin, value.rest());
  return made.with_sensitive(value.is_sensitive());
}

Value StubPlaces::place(const Value& value, const Body& body, Span otherwise, int depth) const {
  if (depth > kDeepest) return value;
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    std::vector<Value> items(value.items().begin(), value.items().end());
    for (Value& item : items) item = place(item, body, otherwise, depth + 1);
    return list_like(value, std::move(items), otherwise).with_maybe(value.is_maybe());
  }
  if (!value.is(ValueKind::kMap)) return move(value, otherwise, depth);
  std::vector<Member> members;
  for (Member member : value.members()) {
    if (member.key == "halint_at") continue;
    const Attribute* attribute = body.attribute(member.key);
    const Span input = attribute != nullptr ? input_of(*attribute->value, 0, 0) : Span();
    member.span = input.is_known() ? input : otherwise;
    member.value = place_block(member, body, depth);
    members.push_back(member);
  }
  const Value placed = Value::map(arena_, std::move(members), otherwise).with_sensitive(value.is_sensitive());
  return placed.with_maybe(value.is_maybe());
}

// A block's attributes lead to inputs of their own, those of a `dynamic` one to what it goes through.
Value StubPlaces::place_block(Member& member, const Body& body, int depth) const {
  for (const Block& block : body.blocks) {
    if (block.type == member.key) return place(member.value, block.body, member.span, depth + 1);
    const bool is_dynamic = block.type == "dynamic" && !block.labels.empty() && block.labels[0].text == member.key;
    if (!is_dynamic) continue;
    const Attribute* items = block.body.attribute("for_each");
    const Span input = items != nullptr ? input_of(*items->value, 0, 0) : Span();
    if (input.is_known()) member.span = input;
    for (const Block& content : block.body.blocks) {
      return place(member.value, content.body, member.span, depth + 1);
    }
  }
  return move(member.value, member.span, depth + 1);
}

void StubPlaces::move(Resource& resource, const Block& declaration) const {
  resource.header = written_at(declaration);
  resource.whole = call_.span;
  resource.body = place(resource.body, declaration.body, resource.header, 0);
}

}  // namespace halint

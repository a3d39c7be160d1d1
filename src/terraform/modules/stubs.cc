// Stand-ins for well-known modules of the registry: found by source and version, placed in the user's call.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/stubs.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/file_system.h"

namespace halint {

// Generated from stubs/.
std::span<const NamedText> builtin_stub_files();

namespace {

constexpr std::string_view kFolder = "stubs/";
// A stub that differs by version stands in a folder of that name below the module's: "before-9".
constexpr std::string_view kBefore = "/before-";
// Values nest as deep as a stub's few lines and a user's inputs.
constexpr int kDeepest = 64;

// "terraform-aws-modules/vpc/aws" of any way to write it; empty for submodules and other registries.
std::string_view registry_name(std::string_view source) {
  constexpr std::string_view kHost = "registry.terraform.io/";
  if (source.starts_with(kHost)) source.remove_prefix(kHost.size());
  const bool has_three_parts = std::ranges::count(source, '/') == 2;
  const bool is_plain = source.find_first_of(":?") == source.npos && source.find("//") == source.npos;
  return has_three_parts && is_plain ? source : std::string_view();
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

bool has_stub(std::string_view folder) {
  return std::ranges::any_of(builtin_stub_files(), [&](const NamedText& file) {
    return file.name.starts_with(folder) && file.name.substr(folder.size()).find('/') == 0;
  });
}

// Stands in place of a description of versions that nobody has described.
bool is_opaque(const NamedText& file) {
  return file.name.ends_with("/opaque.tf");
}

}  // namespace

std::string stub_directory(const ModuleCall& call) {
  if (!call.source.stub.empty()) return call.source.stub;
  const std::string_view name = registry_name(call.source.text);
  if (name.empty()) return {};
  std::string folder = std::string(kFolder) + std::string(name);
  if (!has_stub(folder)) return {};
  const Attribute* version = call.block->body.attribute("version");
  const bool is_literal = version != nullptr && version->value->kind == ExpressionKind::kString;
  const std::optional<int> major = is_literal ? major_version(version->value->text) : std::nullopt;
  // The oldest description that still holds: that of the least bound above the version.
  int least = 0;
  for (const NamedText& file : builtin_stub_files()) {
    std::string_view rest = file.name;
    if (!major || !rest.starts_with(folder)) continue;
    rest.remove_prefix(folder.size());
    if (!rest.starts_with(kBefore)) continue;
    rest.remove_prefix(kBefore.size());
    const int bound = leading_number(rest).value_or(0);
    if (*major < bound && (least == 0 || bound < least)) least = bound;
  }
  if (least != 0) folder += std::string(kBefore) + std::to_string(least);
  std::string directory = std::string(kStubRoot) + folder;
  const std::vector<NamedText> files = stub_files(directory);
  return std::ranges::any_of(files, &is_opaque) ? std::string() : directory;
}

std::string stub_folder(std::string_view directory, std::string_view source) {
  std::string folder = join_path(directory, source);
  return is_stub(folder) && !stub_files(folder).empty() ? folder : std::string();
}

std::vector<NamedText> stub_files(std::string_view directory) {
  directory.remove_prefix(kStubRoot.size());
  std::vector<NamedText> files;
  for (const NamedText& file : builtin_stub_files()) {
    if (!file.name.starts_with(directory)) continue;
    const std::string_view rest = file.name.substr(directory.size());
    if (rest.rfind('/') == 0) files.push_back(file);
  }
  return files;
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
  return move(value, 0);
}

Value StubPlaces::move(const Value& value, int depth) const {
  if (depth > kDeepest) return value;
  Value moved = is_here(value.origin()) ? value.with_origin(call_.header) : value;
  if (value.is(ValueKind::kMap)) {
    std::vector<Member> members(value.members().begin(), value.members().end());
    for (Member& member : members) {
      member.value = move(member.value, depth + 1);
      if (is_here(member.span)) member.span = call_.header;
    }
    moved = Value::map(arena_, std::move(members), moved.origin()).with_sensitive(value.is_sensitive());
  } else if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    std::vector<Value> items(value.items().begin(), value.items().end());
    for (Value& item : items) item = move(item, depth + 1);
    const bool is_list = value.is(ValueKind::kList);
    moved = is_list ? Value::list(arena_, items, moved.origin(), value.rest())
                    : Value::set(arena_, items, moved.origin(), value.rest());
    moved = moved.with_sensitive(value.is_sensitive());
  }
  return moved.with_maybe(value.is_maybe());
}

void StubPlaces::move(Resource& resource, const Block& declaration) const {
  resource.header = written_at(declaration);
  resource.whole = call_.span;
  std::vector<Member> members;
  for (Member member : resource.body.members()) {
    if (member.key == "halint_at") continue;
    const Attribute* attribute = declaration.body.attribute(member.key);
    const Span input = attribute != nullptr ? input_of(*attribute->value, 0, 0) : Span();
    member.span = input.is_known() ? input : resource.header;
    member.value = move(member.value);
    members.push_back(member);
  }
  resource.body = Value::map(arena_, std::move(members), resource.header);
}

}  // namespace halint

// Terraform itself is the judge: holds what halint makes of sources against real plans of them, attribute by attribute.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: compare_plans DIRECTORY... Each directory holds MODULE@VERSION/PLAN.json beside MODULE@VERSION/source/; the
// name of a plan is the path of its root below source/, with `_` for `/`.
// Exit code 1 if an instance is missing or extra, if a value differs, or if fewer than 97 % are equal.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/read_terraform.h"

namespace halint {
namespace {

using Json = nlohmann::json;
constexpr std::uint64_t kMostBytes = 200u << 20;
constexpr double kLeastEqual = 0.97;

enum class Verdict { kEqual, kUnknown, kDifferent };

struct Counts {
  std::size_t missing = 0, extra = 0, equal = 0, unknown = 0, different = 0, defaults = 0;
};

// What was learned of one attribute.
struct Comparison {
  Verdict verdict = Verdict::kEqual;
  std::string reason;
  void worsen(Verdict to, std::string why) {
    if (to <= verdict) return;
    verdict = to;
    reason = std::move(why);
  }
};

bool is_nothing(const Json& value) {
  return value.is_null() || ((value.is_array() || value.is_object() || value.is_string()) && value.empty()) ||
         value == "";
}

// A value of the plan where the source says nothing: what the provider adds by itself.
bool is_default(const Json& value) {
  if (value.is_array() || value.is_object()) return std::ranges::all_of(value, is_default);
  return is_nothing(value) || value == false || value == 0;
}

// The words of the AWS provider for one thing: protocols by number or by name, numbers and truths in quotes.
std::string normal_word(std::string text) {
  static const std::map<std::string, std::string> kProtocols = {
      {"all", "-1"}, {"icmp", "1"}, {"tcp", "6"}, {"udp", "17"}, {"icmpv6", "58"}};
  std::string lower = text;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  auto protocol = kProtocols.find(lower);
  return protocol != kProtocols.end() ? protocol->second : text;
}

std::string scalar_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

std::string scalar_text(const Value& value) {
  if (value.is(ValueKind::kString)) return std::string(value.as_string());
  return to_text(value.with_sensitive(false));
}

bool is_equal_json(const std::string& a, const std::string& b) {
  if (a.empty() || (a[0] != '{' && a[0] != '[')) return false;
  const Json left = Json::parse(a, nullptr, false), right = Json::parse(b, nullptr, false);
  return !left.is_discarded() && left == right;
}

// The provider keeps no script in the state, only its hash.
std::string sha1_of(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha1(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

bool is_equal_scalar(const Json& planned, const Value& ours) {
  const std::string a = scalar_text(planned), b = scalar_text(ours);
  if (a == b || normal_word(a) == normal_word(b) || is_equal_json(a, b) || a == sha1_of(b)) return true;
  if (planned.is_number() && ours.is(ValueKind::kNumber)) return planned.get<double>() == ours.as_number();
  return false;
}

Comparison compare(const Json& planned, const Json& open, const Value& ours);

// A set has no order that the source could tell; a list has that of the source.
Comparison compare_list(const Json& planned, const Json& open, const Value& ours) {
  Comparison result;
  std::vector<const Value*> left;
  for (const Value& item : ours.items()) left.push_back(&item);
  for (std::size_t i = 0; i < planned.size(); ++i) {
    const Json& part = open.is_array() && i < open.size() ? open[i] : Json(open == true);
    if (part == true) continue;
    std::size_t best = left.size();
    Comparison found{Verdict::kDifferent, fmt::format("lacks {}", planned[i].dump())};
    for (std::size_t j = 0; j < left.size(); ++j) {
      Comparison one = compare(planned[i], part, *left[j]);
      if (best < left.size() && one.verdict >= found.verdict) continue;
      if (one.verdict == Verdict::kDifferent && found.verdict == Verdict::kDifferent && best < left.size()) continue;
      best = j;
      found = std::move(one);
      if (found.verdict == Verdict::kEqual) break;
    }
    if (best < left.size()) left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
    if (found.verdict == Verdict::kDifferent && ours.rest() != nullptr) {
      found = {Verdict::kUnknown, std::string(ours.rest()->detail)};
    }
    result.worsen(found.verdict, std::move(found.reason));
  }
  for (const Value* more : left) {
    const bool may_be = open == true || open.is_array() || !more->is_wholly_known() || more->is_maybe();
    // Equal elements of a set are one.
    const bool is_twin = std::ranges::any_of(
        planned, [&](const Json& item) { return compare(item, false, *more).verdict == Verdict::kEqual; });
    if (!may_be && !is_twin) result.worsen(Verdict::kDifferent, fmt::format("has {} too", to_text(*more)));
  }
  return result;
}

Comparison compare_object(const Json& planned, const Json& open, const Value& ours) {
  Comparison result;
  for (const auto& [key, value] : planned.items()) {
    const Json& part = open.is_object() && open.contains(key) ? open[key] : Json(false);
    if (part == true) continue;
    const Value& own = ours.member(key);
    if (own.is_unset()) continue;  // A default of the provider, or nothing.
    Comparison one = compare(value, part, own);
    result.worsen(one.verdict, fmt::format(".{}: {}", key, one.reason));
  }
  for (const Member& member : ours.members()) {
    const bool is_open = open == true || (open.is_object() && open.contains(std::string(member.key)));
    if (member.value.is_unset() || is_open || planned.contains(std::string(member.key))) continue;
    if (member.value.is_wholly_known()) result.worsen(Verdict::kDifferent, fmt::format("has .{} too", member.key));
  }
  return result;
}

std::string reason_of(const Value& value) {
  if (value.is_unknown()) return std::string(value.why().detail);
  if (value.is(ValueKind::kInterval))
    return value.bounds().why != nullptr ? std::string(value.bounds().why->detail) : "";
  for (const Value& part : value.items()) {
    if (part.is_unknown()) return std::string(part.why().detail);
  }
  return "";
}

// `open`: what the plan does not know of it, as `after_unknown` has it.
Comparison compare(const Json& planned, const Json& open, const Value& ours) {
  const bool is_list = ours.is(ValueKind::kList) || ours.is(ValueKind::kSet);
  if (ours.is_unknown() || ours.is(ValueKind::kInterval) || ours.is(ValueKind::kTemplate))
    return {Verdict::kUnknown, reason_of(ours)};
  if (is_nothing(planned)) {
    const bool is_empty = ours.is_unset() || (is_list && ours.items().empty()) ||
                          (ours.is(ValueKind::kMap) && ours.members().empty()) || scalar_text(ours).empty();
    if (is_empty) return {};
    if (open != false) return {};
    return {Verdict::kDifferent, fmt::format("plan {}, here {}", planned.dump(), to_text(ours))};
  }
  if (planned.is_array() && is_list) return compare_list(planned, open, ours);
  if (planned.is_object() && ours.is(ValueKind::kMap)) return compare_object(planned, open, ours);
  // A block that may stand once is a list of one in the plan.
  if (planned.is_array() && planned.size() == 1 && ours.is(ValueKind::kMap))
    return compare(planned[0], open.is_array() && !open.empty() ? open[0] : open, ours);
  if (planned.is_object() && is_list && ours.items().size() == 1) return compare(planned, open, ours.items()[0]);
  if (!planned.is_structured() && !is_list && !ours.is(ValueKind::kMap) && is_equal_scalar(planned, ours)) return {};
  return {Verdict::kDifferent, fmt::format("plan {}, here {}", planned.dump(), to_text(ours))};
}

void add_resources(const Json& module, std::string_view mode, std::map<std::string, const Json*>& found) {
  if (module.contains("resources")) {
    for (const Json& resource : module["resources"]) {
      if (resource.value("mode", "") == mode) found.emplace(resource.value("address", ""), &resource);
    }
  }
  if (!module.contains("child_modules")) return;
  for (const Json& child : module["child_modules"]) add_resources(child, mode, found);
}

std::map<std::string, const Json*> resources_of(const Json& plan, const char* part, std::string_view mode) {
  std::map<std::string, const Json*> found;
  const Json* values = plan.contains(part) ? &plan[part] : nullptr;
  if (values != nullptr && values->contains("values")) values = &(*values)["values"];
  if (values != nullptr && values->contains("root_module")) add_resources((*values)["root_module"], mode, found);
  return found;
}

// JSON is HCL, but for the signs that begin a template.
std::string hcl_text(const Json& value) {
  std::string text;
  const std::string json = value.dump();
  for (std::size_t i = 0; i < json.size(); ++i) {
    if ((json[i] == '$' || json[i] == '%') && i + 1 < json.size() && json[i + 1] == '{') text += json[i];
    text += json[i];
  }
  return text;
}

TerraformOptions options_for(const Json& plan) {
  TerraformOptions options;
  if (plan.contains("variables")) {
    for (const auto& [name, variable] : plan["variables"].items()) {
      if (!variable.contains("value") || variable["value"].is_null()) continue;
      const Json& value = variable["value"];
      options.variables.emplace_back(name, value.is_string() ? value.get<std::string>() : hcl_text(value));
    }
  }
  for (const char* part : {"prior_state", "planned_values"}) {
    for (const auto& [address, data] : resources_of(plan, part, "data")) {
      const Json values = data->value("values", Json::object());
      for (const auto& [name, value] : values.items()) options.data.push_back({address, name, hcl_text(value)});
    }
  }
  return options;
}

// Calls of registry modules lead to the sources of the same module beside the plan, if there are any.
std::map<std::string, std::string> installed_modules(const FileSystem& files, const Json& plan,
                                                     const std::string& root) {
  Json modules = Json::array();
  const Json calls = plan["configuration"].value("root_module", Json::object()).value("module_calls", Json::object());
  std::string up = ".";
  for (char c : root) up += c == '/' ? "/.." : "";
  up += "/..";
  for (const auto& [name, call] : calls.items()) {
    for (const DirectoryEntry& entry : files.list(".")) {
      const std::string module = entry.name.substr(0, entry.name.find('@'));
      const std::string package = module.substr(module.rfind('-') + 1);
      const std::string source = call.value("source", "");
      if (!entry.is_directory || package.empty() || source.find("/" + package) == source.npos) continue;
      modules.push_back({{"Key", name}, {"Source", source}, {"Dir", up + "/" + entry.name + "/source"}});
    }
  }
  return {{join_path(root, ".terraform/modules/modules.json"), Json{{"Modules", modules}}.dump()}};
}

// The directory below `source` whose path is written with `_` for `/`. Empty if there is none.
std::string find_root(const FileSystem& files, const std::string& source, const std::string& name) {
  if (name == "root" || name == "." || name == "_") return source;
  std::vector<std::pair<std::string, std::string>> open = {{source, name}};
  while (!open.empty()) {
    auto [directory, rest] = open.back();
    open.pop_back();
    for (const DirectoryEntry& entry : files.list(directory)) {
      if (!entry.is_directory || !rest.starts_with(entry.name)) continue;
      if (rest.size() == entry.name.size()) return directory + "/" + entry.name;
      if (rest[entry.name.size()] == '_')
        open.emplace_back(directory + "/" + entry.name, rest.substr(entry.name.size() + 1));
    }
  }
  return {};
}

// What the provider adds to a plan by itself, beside plain defaults.
bool is_made_by_provider(const Json& resource, std::string_view attribute) {
  return resource.value("type", "") == "aws_acm_certificate" && attribute == "domain_validation_options";
}

// A certificate's other names hold its first one in the plan, as AWS has it.
Json without_added(const Json& resource, std::string_view attribute, const Json& value) {
  if (resource.value("type", "") != "aws_acm_certificate" || attribute != "subject_alternative_names") return value;
  const Json values = resource.value("values", Json::object());
  Json rest = Json::array();
  for (const Json& name : value) {
    if (name != values.value("domain_name", Json())) rest.push_back(name);
  }
  return rest;
}

class PlanComparison {
 public:
  PlanComparison(const FileSystem& files, std::string name, Counts& sum)
      : files_(files), name_(std::move(name)), sum_(sum) {}

  void run(const Json& plan, const std::string& root) {
    const TerraformOptions options = options_for(plan);
    Sources sources;
    const auto overlay = overlay_file_system(files_, installed_modules(files_, plan, root));
    const TerraformWorkspace workspace(*overlay, sources, {root}, ".", options.limits);
    const Configuration configuration = workspace.evaluate(root, options);
    std::map<std::string, const Resource*> found;
    for (const Resource& resource : configuration.resources) {
      if (!resource.is_data) found.emplace(resource.address, &resource);
    }
    for (const Diagnostic& fault : configuration.diagnostics) say("diagnostic", fault.message);
    const auto wanted = resources_of(plan, "planned_values", "managed");
    std::map<std::string, const Json*> changes;
    if (plan.contains("resource_changes")) {
      for (const Json& change : plan["resource_changes"])
        if (change.contains("change")) changes.emplace(change.value("address", ""), &change["change"]);
    }
    for (const auto& [address, resource] : wanted) {
      auto own = found.find(address);
      if (own == found.end()) {
        if (is_left_out(configuration, address)) continue;
        ++counts_.missing;
        say("missing", address);
        continue;
      }
      auto change = changes.find(address);
      const Json open =
          change != changes.end() ? change->second->value("after_unknown", Json::object()) : Json::object();
      compare_resource(address, *resource, open, own->second->body);
    }
    for (const auto& [address, resource] : found) {
      if (wanted.contains(address)) continue;
      ++counts_.extra;
      say("extra", address);
    }
    finish();
  }

 private:
  static bool is_left_out(const Configuration& configuration, std::string_view address) {
    return std::ranges::any_of(configuration.opaque, [&](const Opaque& opaque) {
      return address.starts_with(opaque.address) && address.size() > opaque.address.size() &&
             (address[opaque.address.size()] == '.' || address[opaque.address.size()] == '[');
    });
  }

  void say(std::string_view what, std::string_view text) const { fmt::print("{}: {}: {}\n", name_, what, text); }

  void compare_resource(const std::string& address, const Json& resource, const Json& open, const Value& body) {
    const Json planned = resource.value("values", Json::object());
    for (const auto& [key, written] : planned.items()) {
      const Json value = without_added(resource, key, written);
      const Json& part = open.is_object() && open.contains(key) ? open[key] : Json(false);
      if (part == true) continue;
      const Value& own = body.member(key);
      const bool is_block = value.is_array() && !value.empty() && value[0].is_object() && !is_default(value);
      if (own.is_unset() && (!is_block || is_made_by_provider(resource, key))) {
        ++counts_.defaults;
        continue;
      }
      Comparison result =
          own.is_unset() ? Comparison{Verdict::kDifferent, "the block is not here"} : compare(value, part, own);
      if (result.verdict == Verdict::kEqual) {
        ++counts_.equal;
      } else if (result.verdict == Verdict::kUnknown) {
        ++counts_.unknown;
        say("unknown", fmt::format("{}.{}: {}", address, key, result.reason));
      } else {
        ++counts_.different;
        say("different", fmt::format("{}.{}: {}", address, key, result.reason));
      }
    }
  }

  void finish() {
    fmt::print("{}: equal {}, unknown {}, different {}, missing {}, extra {} (left to the provider: {})\n", name_,
               counts_.equal, counts_.unknown, counts_.different, counts_.missing, counts_.extra, counts_.defaults);
    sum_.equal += counts_.equal;
    sum_.unknown += counts_.unknown;
    sum_.different += counts_.different;
    sum_.missing += counts_.missing;
    sum_.extra += counts_.extra;
    sum_.defaults += counts_.defaults;
  }

  const FileSystem& files_;
  std::string name_;
  Counts& sum_;
  Counts counts_;
};

void compare_directory(const std::string& directory, Counts& sum) {
  const auto files = disk_file_system(directory);
  for (const DirectoryEntry& module : files->list(".")) {
    if (!module.is_directory || !files->is_directory(module.name + "/source")) continue;
    for (const DirectoryEntry& entry : files->list(module.name)) {
      if (entry.is_directory || !entry.name.ends_with(".json")) continue;
      const Result<std::string> text = files->read(module.name + "/" + entry.name, kMostBytes);
      const Json plan = text ? Json::parse(*text, nullptr, false) : Json();
      if (!plan.is_object() || !plan.contains("planned_values") || !plan.contains("configuration")) continue;
      const std::string name = module.name + "/" + entry.name;
      const std::string root = find_root(*files, module.name + "/source", entry.name.substr(0, entry.name.size() - 5));
      if (root.empty()) {
        fmt::print("{}: missing: its sources\n", name);
        ++sum.missing;
        continue;
      }
      PlanComparison(*files, name, sum).run(plan, root);
    }
  }
}

int run(const std::vector<std::string>& directories) {
  Counts sum;
  for (const std::string& directory : directories) compare_directory(directory, sum);
  const std::size_t all = sum.equal + sum.unknown + sum.different;
  const double share = all == 0 ? 0 : static_cast<double>(sum.equal) / static_cast<double>(all);
  fmt::print("all: equal {} ({:.2f} %), unknown {}, different {}, missing {}, extra {}\n", sum.equal, share * 100,
             sum.unknown, sum.different, sum.missing, sum.extra);
  return sum.missing + sum.extra + sum.different == 0 && share >= kLeastEqual ? 0 : 1;
}

}  // namespace
}  // namespace halint

int main(int count, char** arguments) {
  return halint::run({arguments + 1, arguments + count});
}

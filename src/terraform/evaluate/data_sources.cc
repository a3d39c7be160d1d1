// Data sources whose answer follows from what is written: the provider computes it without asking AWS.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/data_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "terraform/functions/json_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// A partition of AWS, told by how the names of its regions begin.
struct Partition {
  std::string_view region_prefix;
  std::string_view name;
  std::string_view dns_suffix;
  std::string_view reverse_dns_prefix;
};
constexpr Partition kPartitions[] = {
    {"cn-", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"},
    {"us-gov-", "aws-us-gov", "amazonaws.com", "com.amazonaws"},
    {"us-iso-", "aws-iso", "c2s.ic.gov", "gov.ic.c2s"},
    {"us-isob-", "aws-iso-b", "sc2s.sgov.gov", "gov.sgov.sc2s"},
    {"", "aws", "amazonaws.com", "com.amazonaws"},
};

const Partition& partition_of(std::string_view region) {
  return *std::ranges::find_if(kPartitions, [&](const Partition& p) { return region.starts_with(p.region_prefix); });
}

std::span<const Value> items_of_list(const Value& value) {
  bool is_list = value.is(ValueKind::kList) || value.is(ValueKind::kSet);
  return is_list ? value.items() : std::span<const Value>{};
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& item : items_of_list(list)) {
    if (item.is(ValueKind::kString)) texts.emplace_back(item.as_string());
  }
  return texts;
}

// Names of filters, as EC2 knows them, and the attribute that each is about.
constexpr std::pair<std::string_view, std::string_view> kFilters[] = {
    {"availability-zone", "availability_zone"},
    {"availabilityZone", "availability_zone"},
    {"availability-zone-id", "availability_zone_id"},
    {"availabilityZoneId", "availability_zone_id"},
    {"cidr-block", "cidr_block"},
    {"cidr", "cidr_block"},
    {"cidrBlock", "cidr_block"},
    {"vpc-id", "vpc_id"},
};

// Go's json.MarshalIndent with two spaces.
class JsonWriter {
 public:
  void open(char bracket) {
    begin_item();
    out_ += bracket;
    ++depth_;
    is_first_ = true;
  }
  void close(char bracket) {
    --depth_;
    if (!is_first_) new_line();
    out_ += bracket;
    is_first_ = false;
  }
  void key(std::string_view name) {
    begin_item();
    append_json_string(name, out_);
    out_ += ": ";
    has_key_ = true;
  }
  void text(std::string_view value) {
    begin_item();
    append_json_string(value, out_);
  }
  // One is written as it is, several as a list.
  void texts(const std::vector<std::string>& values) {
    if (values.size() == 1) return text(values[0]);
    open('[');
    for (const std::string& value : values) text(value);
    close(']');
  }
  std::string take() { return std::move(out_); }

 private:
  void new_line() { out_ += '\n' + std::string(static_cast<std::size_t>(depth_) * 2, ' '); }
  void begin_item() {
    if (!std::exchange(has_key_, false) && depth_ > 0) {
      if (!is_first_) out_ += ',';
      new_line();
    }
    is_first_ = false;
  }

  std::string out_;
  int depth_ = 0;
  bool is_first_ = true;
  bool has_key_ = false;
};

// `&{aws:username}` is how a policy's own variables are written, since `${` is Terraform's.
void replace_policy_variables(std::vector<std::string>& texts) {
  for (std::string& text : texts) {
    for (std::size_t at = text.find("&{"); at != text.npos; at = text.find("&{", at)) text[at] = '$';
  }
}

class PolicyWriter {
 public:
  explicit PolicyWriter(const Value& body) : body_(body) {}

  std::string write() {
    json_.open('{');
    const Value& version = body_.member("version");
    json_.key("Version");
    json_.text(version.is(ValueKind::kString) ? version.as_string() : "2012-10-17");
    if (const Value& id = body_.member("policy_id"); id.is(ValueKind::kString) && !id.as_string().empty()) {
      json_.key("Id");
      json_.text(id.as_string());
    }
    std::span<const Value> statements = items_of_list(body_.member("statement"));
    if (!statements.empty()) {
      json_.key("Statement");
      json_.open('[');
      for (const Value& statement : statements) write_statement(statement);
      json_.close(']');
    }
    json_.close('}');
    return json_.take();
  }

 private:
  void write_statement(const Value& statement) {
    json_.open('{');
    if (const Value& sid = statement.member("sid"); sid.is(ValueKind::kString) && !sid.as_string().empty()) {
      json_.key("Sid");
      json_.text(sid.as_string());
    }
    const Value& effect = statement.member("effect");
    json_.key("Effect");
    json_.text(effect.is(ValueKind::kString) ? effect.as_string() : "Allow");
    write_set("Action", statement.member("actions"), false);
    write_set("NotAction", statement.member("not_actions"), false);
    write_set("Resource", statement.member("resources"), true);
    write_set("NotResource", statement.member("not_resources"), true);
    write_principals("Principal", statement.member("principals"));
    write_principals("NotPrincipal", statement.member("not_principals"));
    write_conditions(statement.member("condition"));
    json_.close('}');
  }

  // The provider sorts sets from the end of the alphabet.
  static std::vector<std::string> sorted_set(const Value& set) {
    std::vector<std::string> texts = texts_of(set);
    std::ranges::sort(texts, std::greater<>());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
  }

  void write_set(std::string_view name, const Value& set, bool has_variables) {
    std::vector<std::string> texts = sorted_set(set);
    if (texts.empty()) return;
    if (has_variables) replace_policy_variables(texts);
    json_.key(name);
    json_.texts(texts);
  }

  void write_principals(std::string_view name, const Value& blocks) {
    std::map<std::string, std::vector<std::string>> by_type;
    for (const Value& block : items_of_list(blocks)) {
      const Value& type = block.member("type");
      std::vector<std::string> identifiers = sorted_set(block.member("identifiers"));
      replace_policy_variables(identifiers);
      std::vector<std::string>& all = by_type[std::string(type.is(ValueKind::kString) ? type.as_string() : "")];
      all.insert(all.end(), identifiers.begin(), identifiers.end());
    }
    if (by_type.empty()) return;
    json_.key(name);
    bool is_everyone = by_type.size() == 1 && by_type.begin()->first == "*" &&
                       by_type.begin()->second == std::vector<std::string>{"*"};
    if (is_everyone) return json_.text("*");
    json_.open('{');
    for (const auto& [type, identifiers] : by_type) {
      json_.key(type);
      json_.texts(identifiers);
    }
    json_.close('}');
  }

  void write_conditions(const Value& blocks) {
    std::map<std::string, std::map<std::string, std::vector<std::string>>> by_test;
    for (const Value& block : items_of_list(blocks)) {
      const Value& test = block.member("test");
      const Value& variable = block.member("variable");
      if (!test.is(ValueKind::kString) || !variable.is(ValueKind::kString)) continue;
      std::vector<std::string> values = texts_of(block.member("values"));
      replace_policy_variables(values);
      std::vector<std::string>& all = by_test[std::string(test.as_string())][std::string(variable.as_string())];
      all.insert(all.end(), values.begin(), values.end());
    }
    if (by_test.empty()) return;
    json_.key("Condition");
    json_.open('{');
    for (const auto& [test, variables] : by_test) {
      json_.key(test);
      json_.open('{');
      for (const auto& [variable, values] : variables) {
        json_.key(variable);
        json_.texts(values);
      }
      json_.close('}');
    }
    json_.close('}');
  }

  const Value& body_;
  JsonWriter json_;
};

std::string without_space(std::string_view json) {
  std::string minified;
  bool is_quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') is_quoted = !is_quoted;
    if (!is_quoted && (json[i] == ' ' || json[i] == '\n')) continue;
    minified += json[i];
    if (json[i] == '\\' && i + 1 < json.size()) minified += json[++i];
  }
  return minified;
}

}  // namespace

bool is_policy_document(std::string_view type, std::string_view attribute) {
  return type == "aws_iam_policy_document" && (attribute == "json" || attribute == "minified_json");
}

Value policy_document(Arena& arena, const Value& body, std::string_view attribute, Span where) {
  // Documents that are merged into this one are judged as they are: seldom, and of no interest to any rule.
  for (std::string_view other :
       {"source_policy_documents", "override_policy_documents", "source_json", "override_json"}) {
    if (!body.member(other).is_unset() && !items_of_list(body.member(other)).empty()) return {};
    if (body.member(other).is(ValueKind::kString) && !body.member(other).as_string().empty()) return {};
  }
  std::string json = PolicyWriter(body).write();
  if (attribute == "minified_json") json = without_space(json);
  return Value::string(arena, arena.copy(json), where);
}

Value region_attribute(Arena& arena, std::string_view type, std::string_view attribute, const Value& region) {
  if (!region.is(ValueKind::kString)) return {};
  const Partition& partition = partition_of(region.as_string());
  if (type == "aws_region") {
    if (attribute == "name" || attribute == "id" || attribute == "region") return region;
    if (attribute != "endpoint") return {};
    return Value::string(arena, arena.copy(fmt::format("ec2.{}.{}", region.as_string(), partition.dns_suffix)),
                         region.origin());
  }
  if (type != "aws_partition") return {};
  if (attribute == "partition" || attribute == "id") return Value::string(arena, partition.name, region.origin());
  if (attribute == "dns_suffix") return Value::string(arena, partition.dns_suffix, region.origin());
  if (attribute == "reverse_dns_prefix") return Value::string(arena, partition.reverse_dns_prefix, region.origin());
  return {};
}

Value named_zones(Arena& arena, const Value& body, Span where) {
  std::span<const Value> filters = items_of_list(body.member("filter"));
  if (filters.size() != 1 || !filters[0].is(ValueKind::kMap)) return {};
  const Value& name = filters[0].member("name");
  if (!name.is(ValueKind::kString) || name.as_string() != "zone-name") return {};
  std::vector<std::string> names = texts_of(filters[0].member("values"));
  std::vector<std::string> excluded = texts_of(body.member("exclude_names"));
  bool is_plain = std::ranges::all_of(names, [](const std::string& n) { return n.find_first_of("*?") == n.npos; });
  if (!is_plain || !body.member("exclude_zone_ids").is_unset()) return {};
  std::erase_if(names, [&](const std::string& n) { return std::ranges::find(excluded, n) != excluded.end(); });
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<Value> items;
  for (const std::string& text : names) items.push_back(Value::string(arena, arena.copy(text), where));
  return Value::list(arena, items, where).with_uniform();
}

std::span<const std::string_view> filtered_attributes() {
  static constexpr std::string_view kAttributes[] = {"availability_zone", "availability_zone_id", "cidr_block",
                                                     "vpc_id", "tags"};
  return kAttributes;
}

bool is_looked_up_by_filter(std::string_view type) {
  return type == "aws_subnet" || type == "aws_vpc" || type == "aws_security_group";
}

Value filtered_attribute(Arena& arena, const Value& body, std::string_view attribute) {
  std::vector<Member> tags;
  for (const Value& filter : items_of_list(body.member("filter"))) {
    if (!filter.is(ValueKind::kMap) || filter.is_maybe()) continue;
    const Value& name = filter.member("name");
    const Value& values = filter.member("values");
    bool is_one = name.is(ValueKind::kString) && items_of_list(values).size() == 1 && values.rest() == nullptr &&
                  !items_of_list(values)[0].is_maybe();
    if (!is_one) continue;
    const Value& value = items_of_list(values)[0];
    bool is_pattern = value.is(ValueKind::kString) && value.as_string().find_first_of("*?") != std::string_view::npos;
    if (is_pattern) continue;
    std::string_view written = name.as_string();
    if (written.starts_with("tag:")) {
      tags.push_back({arena.copy(written.substr(4)), value, {}});
      continue;
    }
    for (const auto& [word, named] : kFilters) {
      if (word == written && named == attribute) return value;
    }
  }
  if (attribute != "tags" || tags.empty()) return {};
  return Value::map(arena, std::move(tags), body.member("filter").origin());
}

}  // namespace halint

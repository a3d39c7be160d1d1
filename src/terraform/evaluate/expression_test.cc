// Puts expressions into the outputs of a configuration and says what they are.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/expression_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/source_file.h"
#include "terraform/functions/json_text.h"
#include "terraform/read_terraform.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::string_view kSurroundings = R"(
variable "u" {}
variable "v" {}
variable "list" { type = list(string) }
variable "map" { type = map(string) }
variable "secret" {
  default   = "s3cret"
  sensitive = true
}
resource "aws_instance" "a" {}
resource "aws_instance" "b" {}
data "aws_availability_zones" "z" {}
data "aws_region" "r" {}
data "aws_caller_identity" "c" {}
)";

std::string show(const Value& value);

template <typename Items>
std::string show_items(const Items& items, const Unknown* rest) {
  std::string out;
  std::string_view separator;
  for (const Value& item : items) {
    out += fmt::format("{}{}{}", separator, show(item), item.is_maybe() ? "?" : "");
    separator = ", ";
  }
  return rest != nullptr ? fmt::format("{}{}...", out, separator) : out;
}

std::string show_bound(double bound) {
  return std::isinf(bound) ? "" : fmt::format("{}", bound);
}

std::string show(const Value& value) {
  if (value.is_sensitive()) return "(sensitive)";
  switch (value.kind()) {
    case ValueKind::kString: {
      std::string out;
      append_json_string(value.as_string(), out);
      return out;
    }
    case ValueKind::kNumber:
      return number_text(value);
    case ValueKind::kInterval:
      return fmt::format("{}..{}", show_bound(value.bounds().lower), show_bound(value.bounds().upper));
    case ValueKind::kUnknown:
      if (value.why().reason == UnknownReason::kInvalid) return fmt::format("error: {}", value.why().detail);
      return value.symbol() != nullptr ? to_text(*value.symbol()) : "?";
    case ValueKind::kTemplate: {
      std::string out = "\"";
      for (const Value& part : value.items()) {
        out += part.is(ValueKind::kString) ? std::string(part.as_string()) : fmt::format("${{{}}}", show(part));
      }
      return out + '"';
    }
    case ValueKind::kList:
      return fmt::format("{}[{}]", value.is_uniform() ? "list" : "", show_items(value.items(), value.rest()));
    case ValueKind::kSet:
      return fmt::format("set[{}]", show_items(value.items(), value.rest()));
    case ValueKind::kMap: {
      std::string out = value.is_uniform() ? "map{" : "{";
      std::string_view separator;
      for (const Member& member : value.members()) {
        out += fmt::format("{}{} = {}", separator, member.key, show(member.value));
        separator = ", ";
      }
      return out + '}';
    }
    default:
      return to_text(value);
  }
}

std::string json_of(Arena& arena, const Value& value) {
  if (value.is_unknown() && value.why().reason == UnknownReason::kInvalid) return "error";
  if (holds_secret(value)) return "secret";
  if (first_unknown(value) != nullptr) return "unknown";
  return std::string(encode_json(arena, value).as_string());
}

}  // namespace

std::vector<ExpressionAnswer> answers_to(const std::vector<std::string>& expressions,
                                         const std::map<std::string, std::string>& files) {
  std::string text(kSurroundings);
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    text += fmt::format("output \"o{}\" {{\n  value = {}\n}}\n", i, expressions[i]);
  }
  std::map<std::string, std::string> all = files;
  all["main.tf"] = text;
  std::unique_ptr<FileSystem> memory = memory_file_system(std::move(all));
  Sources sources;
  TerraformWorkspace workspace(*memory, sources, {"."}, ".", {}, 1);
  Configuration configuration = workspace.evaluate(".", {});
  std::vector<ExpressionAnswer> answers(expressions.size());
  for (const Member& output : configuration.outputs) {
    std::size_t index = std::stoul(std::string(output.key.substr(1)));
    if (index >= answers.size()) continue;
    std::string type = to_text(type_of(output.value));
    std::erase(type, ' ');
    answers[index] = {json_of(*configuration.arena, output.value), type, show(output.value)};
  }
  return answers;
}

ExpressionAnswer answer_to(std::string_view expression, const std::map<std::string, std::string>& files) {
  return answers_to({std::string(expression)}, files).front();
}

void expect_texts(const std::vector<TextCase>& cases, const std::map<std::string, std::string>& files) {
  std::vector<std::string> expressions;
  for (const TextCase& one : cases) expressions.push_back(one.expression);
  std::vector<ExpressionAnswer> answers = answers_to(expressions, files);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(answers[i].text, cases[i].text) << cases[i].expression;
  }
}

}  // namespace halint

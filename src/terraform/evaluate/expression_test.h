// Evaluates single expressions for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halint {

// What an expression is, in words that a test can compare.
struct ExpressionAnswer {
  std::string json;  // As jsonencode writes it; "error", "secret", "unknown" for what has no JSON.
  std::string type;  // `list(string)`, without spaces.
  // As a person would write it. Unknown parts are what they stand for (`var.u`) or `?`; `list[...]`, `set[...]`,
  // `map{...}` tell collections from tuples and objects; `x?` may be missing; `...` means that more may follow;
  // `2..5` is a number between bounds; `error: ...` says why the expression is wrong.
  std::string text;
};

// The expressions may use
//   var.u, var.v                         without type and value
//   var.list, var.map                    a list and a map without value
//   var.secret                           the sensitive string "s3cret"
//   aws_instance.a, aws_instance.b       resources
//   data.aws_availability_zones.z, data.aws_region.r, data.aws_caller_identity.c
// and, besides main.tf, `files`.
std::vector<ExpressionAnswer> answers_to(const std::vector<std::string>& expressions,
                                         const std::map<std::string, std::string>& files = {});
ExpressionAnswer answer_to(std::string_view expression, const std::map<std::string, std::string>& files = {});

// A case of a table: an expression and its text.
struct TextCase {
  std::string expression;
  std::string text;
};
void expect_texts(const std::vector<TextCase>& cases, const std::map<std::string, std::string>& files = {});

}  // namespace halint

// Type constraints as `variable` blocks use them, and what types have in common.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/convert.h"

#include <gtest/gtest.h>

#include "terraform/functions/json_text.h"
#include "terraform/values/operators.h"

namespace halint {
namespace {

using Kind = TypeConstraint::Kind;

const TypeConstraint kString{Kind::kString, {}, {}};
const TypeConstraint kNumber{Kind::kNumber, {}, {}};
const TypeConstraint kBool{Kind::kBool, {}, {}};

TypeConstraint of(Kind kind, TypeConstraint element) {
  return {kind, {std::move(element)}, {}};
}

class ConvertTest : public testing::Test {
 protected:
  Value text(std::string_view value) { return Value::string(arena_, value); }
  Value tuple(const std::vector<Value>& items) { return Value::list(arena_, items); }
  Value object(std::vector<Member> members) { return Value::map(arena_, std::move(members)); }
  Value unknown(std::string_view address) {
    const Symbol* symbol = arena_.make<Symbol>(Symbol::Kind::kVariable, address, std::span<const Step>{});
    return Value::unknown(arena_, {UnknownReason::kVariable, "no value", "--var x", symbol, Shape::kAny});
  }
  // The converted value as JSON, "null" included; `error: ...` on failure.
  std::string converted(const Value& value, const TypeConstraint& type) {
    std::string error;
    Value result = convert(arena_, value, type, error);
    if (!error.empty()) {
      EXPECT_TRUE(result.is_unknown());
      return "error: " + error;
    }
    if (result.is_unknown()) return to_text(result);
    Value json = encode_json(arena_, result);
    return json.is(ValueKind::kString) ? std::string(json.as_string()) : to_text(result);
  }

  Arena arena_;
};

TEST_F(ConvertTest, Primitives) {
  EXPECT_EQ(converted(text("true"), kBool), "true");
  EXPECT_EQ(converted(text("1"), kBool), "true");
  EXPECT_EQ(converted(text("yes"), kBool), "error: a bool is required; of strings, only \"true\" and \"false\" are");
  EXPECT_EQ(converted(Value::integer(1), kBool), "error: a bool is required");
  EXPECT_EQ(converted(text("443"), kNumber), "443");
  EXPECT_EQ(converted(Value::integer(443), kString), "\"443\"");
  EXPECT_EQ(converted(Value::boolean(false), kString), "\"false\"");
  EXPECT_EQ(converted(tuple({}), kString), "error: a string is required, but this is a tuple");
  EXPECT_EQ(converted(Value::null(), kString), "null");
  EXPECT_EQ(converted(Value::absent(), kString), "null");
  EXPECT_EQ(converted(unknown("var.x"), kNumber), "var.x");
}

TEST_F(ConvertTest, Collections) {
  Value mixed = tuple({Value::integer(1), text("a"), Value::boolean(true)});
  EXPECT_EQ(converted(mixed, of(Kind::kList, kString)), R"(["1","a","true"])");
  EXPECT_EQ(converted(mixed, of(Kind::kList, kNumber)), "error: a number is required");
  EXPECT_EQ(converted(mixed, of(Kind::kList, TypeConstraint{})), R"(["1","a","true"])");
  EXPECT_EQ(converted(tuple({text("b"), text("a"), text("b")}), of(Kind::kSet, kString)), R"(["a","b"])");
  EXPECT_EQ(converted(text("a"), of(Kind::kList, kString)), "error: a list(string) is required, but this is a string");
  EXPECT_EQ(converted(object({{"a", Value::integer(1), {}}}), of(Kind::kMap, kString)), R"({"a":"1"})");
  EXPECT_EQ(converted(tuple({}), of(Kind::kMap, kString)), "error: a map(string) is required, but this is a tuple");
  EXPECT_EQ(converted(tuple({text("a"), Value::integer(2)}), {Kind::kTuple, {kString, kNumber}, {}}), R"(["a",2])");
  EXPECT_EQ(converted(tuple({text("a")}), {Kind::kTuple, {kString, kNumber}, {}}),
            "error: a tuple of 2 items is required, but 1 are given");
  EXPECT_EQ(converted(tuple({unknown("var.x"), text("a")}), of(Kind::kList, kString)), R"([var.x, "a"])");
}

TEST_F(ConvertTest, ListsAreNoTuplesAfterwards) {
  std::string error;
  Value before = tuple({text("a")});
  Value after = convert(arena_, before, of(Kind::kList, kString), error);
  EXPECT_FALSE(before.is_uniform());
  EXPECT_TRUE(after.is_uniform());
  EXPECT_EQ(terraform_equal(before, after), Truth::kFalse);
  EXPECT_EQ(terraform_equal(after, after), Truth::kTrue);
}

TEST_F(ConvertTest, ObjectsGetTheirOptionalAttributes) {
  TypeConstraint port{Kind::kObject, {}, {}};
  port.attributes.push_back({"number", kNumber, false, {}});
  port.attributes.push_back({"protocol", kString, true, text("tcp")});
  port.attributes.push_back({"note", kString, true, {}});
  EXPECT_EQ(converted(object({{"number", text("80"), {}}}), port), R"({"note":null,"number":80,"protocol":"tcp"})");
  // A null attribute takes the default too; attributes that the type lacks go.
  Value given = object({{"number", Value::integer(1), {}}, {"protocol", Value::null(), {}}, {"other", text("x"), {}}});
  EXPECT_EQ(converted(given, port), R"({"note":null,"number":1,"protocol":"tcp"})");
  EXPECT_EQ(converted(object({}), port), "error: the attribute `number` is required");
  EXPECT_EQ(converted(object({{"number", text("x"), {}}}), port), "error: attribute `number`: a number is required");
  EXPECT_EQ(converted(tuple({object({{"number", text("80"), {}}})}), of(Kind::kList, port)),
            R"([{"note":null,"number":80,"protocol":"tcp"}])");
  EXPECT_EQ(to_text(port), "object({ number = number, protocol = optional(string), note = optional(string) })");
}

// The defaults of an object inside a default are filled in as well.
TEST_F(ConvertTest, DefaultsHaveDefaults) {
  TypeConstraint inner{Kind::kObject, {}, {}};
  inner.attributes.push_back({"size", kNumber, true, Value::integer(2)});
  TypeConstraint outer{Kind::kObject, {}, {}};
  outer.attributes.push_back({"pool", inner, true, object({})});
  EXPECT_EQ(converted(object({}), outer), R"({"pool":{"size":2}})");
  EXPECT_EQ(converted(object({{"pool", object({{"size", text("3"), {}}}), {}}}), outer), R"({"pool":{"size":3}})");
}

TEST_F(ConvertTest, SecretsAndOriginsStay) {
  Span place{{1}, 10, 12};
  std::string error;
  Value secret = Value::string(arena_, "80", place).with_sensitive();
  Value number = convert(arena_, secret, kNumber, error);
  EXPECT_TRUE(number.is_sensitive());
  EXPECT_EQ(number.origin(), place);
  Value list = convert(arena_, tuple({secret}), of(Kind::kSet, kString), error);
  EXPECT_TRUE(list.items()[0].is_sensitive());
  EXPECT_EQ(list.items()[0].origin(), place);
}

TEST_F(ConvertTest, DeepValuesAreALimit) {
  Value value = text("x");
  for (int i = 0; i < 2000; ++i) value = tuple({value});
  TypeConstraint type = of(Kind::kList, TypeConstraint{});
  std::string error;
  convert(arena_, value, type, error);
  EXPECT_EQ(type_of(value).kind, Kind::kTuple);
  EXPECT_EQ(terraform_equal(value, tuple({value})), Truth::kUnknown);
}

TEST_F(ConvertTest, Unify) {
  auto common = [](std::vector<TypeConstraint> types) {
    std::optional<TypeConstraint> type = unify(types);
    return type ? to_text(*type) : "none";
  };
  TypeConstraint numbers{Kind::kTuple, {kNumber, kNumber}, {}};
  TypeConstraint words{Kind::kTuple, {kString}, {}};
  EXPECT_EQ(common({kNumber, kString}), "string");
  EXPECT_EQ(common({kNumber, kBool}), "none");
  EXPECT_EQ(common({kNumber, kBool, kString}), "string");
  EXPECT_EQ(common({numbers, words}), "list(string)");
  EXPECT_EQ(common({words, words}), "tuple([string])");
  // Each item has to be a number then.
  EXPECT_EQ(common({words, of(Kind::kSet, kNumber)}), "set(number)");
  EXPECT_EQ(common({words, of(Kind::kList, kNumber)}), "list(string)");
  EXPECT_EQ(common({words, kString}), "none");
  EXPECT_EQ(common({TypeConstraint{}, kString}), "string");
  EXPECT_EQ(common({}), "any");
}

}  // namespace
}  // namespace halint

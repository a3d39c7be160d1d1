// What functions and operators make of values that are unknown or secret, in whole or in part.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "terraform/evaluate/expression_test.h"

namespace halint {
namespace {

TEST(UnknownArguments, TheSameThingKeepsItsIdentity) {
  expect_texts({
      {R"("${var.u}")", "var.u"},
      {"tostring(var.u)", "var.u"},
      {"tonumber(var.u)", "var.u"},
      {"tolist(var.list)", "var.list"},
      {"toset(var.list)", "var.list"},
      {"tomap(var.map)", "var.map"},
      {"nonsensitive(var.u)", "var.u"},
      {"concat(var.list)", "var.list"},
      {"merge(var.map)", "var.map"},
      {"one([var.u])", "var.u"},
      {R"(join("", [var.u]))", "var.u"},
      {R"(join("", compact([var.u])))", "var.u"},
      {R"(format("%s", var.u))", "var.u"},
      {"coalesce(var.u)", "var.u"},
      {R"(coalesce("", var.u))", "var.u"},
      {"coalescelist([], var.list)", "var.list"},
      {R"(lookup({a = var.u}, "a", "d"))", "var.u"},
      {"element([var.u, \"b\"], 2)", "var.u"},
      {"values({a = var.u})[0]", "var.u"},
      {"true && var.u", "var.u"},
      {"jsondecode(jsonencode({a = var.u})).a", "var.u"},
      {"jsondecode(jsonencode(var.u))", "var.u"},
  });
}

TEST(UnknownArguments, OtherResultsAreNamedByTheCall) {
  expect_texts({
      {"upper(var.u)", "upper(var.u)"},
      {"cidrsubnet(var.u, 8, 1)", "cidrsubnet(var.u, 8, 1)"},
      {R"(cidrsubnet("10.0.0.0/16", 8, var.u))", R"(cidrsubnet("10.0.0.0/16", 8, var.u))"},
      {"cidrsubnet(var.u, 8, 1) == cidrsubnet(var.u, 8, 1)", "true"},
      {"cidrsubnet(var.u, 8, 1) == cidrsubnet(var.u, 8, 2)", "==(cidrsubnet(var.u, 8, 1), cidrsubnet(var.u, 8, 2))"},
      {"sort(var.list)", "sort(var.list)"},
      {"sort(var.list)[0]", "sort(var.list)[0]"},
      {"keys(var.map)", "keys(var.map)"},
      {R"(lookup(var.map, "a", null))", R"(lookup(var.map, "a", null))"},
      {"md5(var.u)", "md5(var.u)"},
      {R"(coalesce(var.u, "a"))", R"(coalesce(var.u, "a"))"},
      {R"(merge({a = 1}, var.map))", R"(merge({"a" = 1}, var.map))"},
      {"var.u + 1", "+(var.u, 1)"},
      {"!var.u", "!(var.u)"},
      // No two calls of these give the same.
      {"timestamp()", "?"},
      {"upper(timestamp())", "?"},
      {"uuid()", "?"},
      {R"(bcrypt("x"))", "?"},
      {R"(timeadd(timestamp(), "1h"))", "?"},
      {R"(abspath("x"))", "?"},
      {R"(pathexpand("~/x"))", "?"},
  });
}

TEST(UnknownArguments, ElementsOfUnknownListsHaveSteps) {
  expect_texts({
      {"element(var.list, 3)", "element(var.list, 3)"},
      {"element(var.list, var.u)", "var.list[var.u]"},
      {"slice(var.list, 0, 2)", "list[var.list[0], var.list[1]]"},
      {"slice(data.aws_availability_zones.z.names, 1, 2)", "list[data.aws_availability_zones.z.names[1]]"},
      {"slice(var.list, 0, min(2, length(var.list)))", "list[var.list[0]?, var.list[1]?]"},
      {"slice(var.list, 1, var.u)", "slice(var.list, 1, var.u)"},
      {"cidrsubnets(var.u, 8, 8)", "list[cidrsubnets(var.u, 8, 8)[0], cidrsubnets(var.u, 8, 8)[1]]"},
      {"sort([var.u, \"a\"])", "list[sort([var.u, \"a\"])[0], sort([var.u, \"a\"])[1]]"},
  });
}

TEST(UnknownArguments, ListsThatAreKnownInPartStayLists) {
  expect_texts({
      {R"(concat(["a"], [var.u]))", R"(["a", var.u])"},
      {R"(concat(["a"], var.list))", R"(["a", ...])"},
      {R"(concat(var.list, ["a"]))", R"([var.list[*]?, "a", ...])"},
      {R"(concat(["a"], var.list, ["b"]))", R"(["a", var.list[*]?, "b", ...])"},
      {R"(concat(["a"], var.list)[0])", R"("a")"},
      {R"(element(concat(["a"], var.list), 0))", R"("a")"},
      {R"(element(concat(var.list, ["a"]), 0))", "?"},
      {R"(compact(["", "a", var.u, null]))", R"(list["a", var.u?])"},
      {R"(compact([aws_instance.a.id, ""]))", "list[aws_instance.a.id]"},
      {R"(distinct([var.u, "a", var.u, "a"]))", R"(list[var.u?, "a"])"},
      {"distinct([var.u])", "list[var.u]"},
      {"distinct([aws_instance.a.id, aws_instance.b.id])", "list[aws_instance.a.id, aws_instance.b.id]"},
      {R"(flatten([var.list, ["a"]]))", R"([var.list[*]?, "a", ...])"},
      {R"(flatten([["a"], [aws_instance.a.id]]))", R"(["a", aws_instance.a.id])"},
      {R"(flatten([["a"], [var.u]]))", R"(["a", var.u[*]?, ...])"},
      {R"(reverse(concat(["a"], var.list)))", R"([var.list[*]?, "a", ...])"},
      {R"(slice(["a", "b", "c"], 0, var.u))", R"(["a"?, "b"?, "c"?])"},
      {R"(slice(concat(["a", "b"], var.list), 0, 2))", R"(["a", "b"])"},
      {R"(slice(concat(["a", "b"], var.list), 0, 3))", "?"},
      {R"(setunion(["a"], var.list))", R"(set["a", ...])"},
      {R"(setsubtract(["a", "b"], var.list))", R"(set["a"?, "b"?])"},
      {R"(setsubtract([var.u, "a"], ["a"]))", "set[var.u?]"},
      {R"(setintersection(["a"], var.list))", R"(set["a"?])"},
      {R"(setproduct(["a"], [var.u]))", R"(list[["a", var.u]])"},
      {R"(toset([var.u, "a"]))", R"(set["a", var.u?])"},
      {"toset([aws_instance.a.id, aws_instance.b.id])", "set[aws_instance.a.id, aws_instance.b.id]"},
      {"toset([var.u, var.u])", "set[var.u]"},
      {R"(matchkeys(["a", "b"], ["x", var.u], ["x"]))", R"(list["a", "b"?])"},
      {R"(chunklist([var.u, "a", "b"], 2))", R"(list[list[var.u, "a"], list["b"]])"},
      {R"(formatlist("%s-x", ["a", var.u]))", R"(list["a-x", "${var.u}-x"])"},
      {"zipmap([\"a\"], [var.u])", "{a = var.u}"},
      {"keys({a = var.u})", R"(["a"])"},
      {"one(aws_instance.a[*].id)", "aws_instance.a.id"},
  });
}

TEST(UnknownArguments, NumbersMayHaveBounds) {
  expect_texts({
      {"length(var.list)", "0.."},
      {R"(length(concat(var.list, ["a"])))", "1.."},
      {R"(length(compact([var.u, "a"])))", "1..2"},
      {"length([var.u, var.v])", "2"},
      {R"(length("a${var.u}"))", "1.."},
      {"min(3, length(var.list))", "0..3"},
      {"max(3, length(var.list))", "3.."},
      {"max(var.u, 3)", "3.."},
      {"length(var.list) >= 0", "true"},
      {"length(var.list) == -1", "false"},
      {"length(var.list) + 1 > 0", "true"},
      {"length(var.list) > 0", "?"},
      {"length(var.list) * 2 + 1", "1.."},
      {"-length(var.list)", "..0"},
      {"var.u ? 1 : 3", "1..3"},
      {"length(data.aws_caller_identity.c.account_id)", "12"},
  });
}

TEST(UnknownArguments, QuestionsMayBeDecidedAllTheSame) {
  expect_texts({
      {R"(contains(["a", var.u], "a"))", "true"},
      {R"(contains(["b", var.u], "a"))", R"(contains(["b", var.u], "a"))"},
      {R"(contains(concat(var.list, ["a"]), "a"))", "true"},
      {"contains([aws_instance.a.id], aws_instance.a.id)", "true"},
      {"contains([aws_instance.a.id], aws_instance.b.id)", "false"},
      {"alltrue([var.u, false])", "false"},
      {"anytrue([var.u, true])", "true"},
      {R"(index(["a", var.u], "a"))", "0"},
      {R"(element(["a", "a"], var.u))", R"("a")"},
      {"var.u == var.u", "true"},
      {"var.u == var.v", "==(var.u, var.v)"},
      {"aws_instance.a.id == aws_instance.b.id", "false"},
      {R"("x${var.u}" == "y")", "false"},
      {"false && var.u", "false"},
      {"var.u && false", "false"},
      {"var.u || true", "true"},
      {"var.u ? 1 : 1", "1"},
      {R"(coalesce(aws_instance.a.id, "none"))", "aws_instance.a.id"},
      {R"(coalesce("x${var.u}", "a"))", R"("x${var.u}")"},
      {R"(coalescelist([var.u], ["a"]))", "[var.u]"},
  });
}

TEST(UnknownArguments, BranchesKeepWhatTheyHaveInCommon) {
  expect_texts({
      {R"(var.u ? ["a"] : [])", R"(["a"?])"},
      {R"(var.u ? ["a", "b"] : ["a", "c"])", R"(["a", if(var.u, "b", "c")])"},
      {"var.u ? {a = 1, b = 2} : {a = 1, b = 3}", "{a = 1, b = 2..3}"},
      {R"(var.u ? "a" : "b")", R"(if(var.u, "a", "b"))"},
      {"var.u ? var.v : null", "if(var.u, var.v, null)"},
  });
}

TEST(UnknownArguments, TextsHaveHoles) {
  expect_texts({
      {R"("x-${var.u}")", R"("x-${var.u}")"},
      {R"(join(",", ["a", var.u]))", R"("a,${var.u}")"},
      {R"(format("%s-db", var.u))", R"("${var.u}-db")"},
      {R"(format("%5s", var.u))", R"(format("%5s", var.u))"},
      {R"(format("%v", [var.u]))", R"("[${var.u}]")"},
      {R"(lower("${var.u}-DB"))", R"("${lower(var.u)}-db")"},
      {R"(substr("abc-${var.u}", 0, 3))", R"("abc")"},
      {R"(startswith("abc-${var.u}", "abc"))", "true"},
      {R"(startswith("ab${var.u}", "abd"))", R"(startswith(""["ab", var.u], "abd"))"},
      {R"(startswith("ab${var.u}", "x"))", "false"},
      {R"(endswith("${var.u}-db", "db"))", "true"},
      {R"(strcontains("${var.u}-db", "-d"))", "true"},
      {R"(jsonencode({a = var.u}))", R"("{"a":${var.u}}")"},
      {R"(jsondecode(jsonencode({a = var.u, b = [1, "x${var.v}"]})))", R"({a = var.u, b = [1, "x${var.v}"]})"},
      // A hole that the user wrote is text to be read; it is not the thing itself.
      {R"(jsondecode("{\"a\": ${var.u}}"))", "{a = jsondecode(var.u)}"},
      {R"(jsondecode("{\"a\": \"x-${var.u}\"}"))", R"({a = "x-${var.u}"})"},
      {R"(jsondecode("{${var.u}}"))", R"(jsondecode(""["{", var.u, "}"]))"},
      {R"(upper(jsonencode({a = var.u})))", "?"},
  });
}

// `terraform-aws-vpc` asks whether a zone is a name or an id.
TEST(UnknownArguments, ShapesDecideQuestionsOfForm) {
  expect_texts({
      {R"(length(regexall("^[a-z]{2}-", data.aws_availability_zones.z.names[0])) > 0)", "true"},
      {R"(length(regexall("^[a-z]{2}-", element(data.aws_availability_zones.z.names, 7))) > 0)", "true"},
      {R"(length(regexall("^[a-z]{2}-", data.aws_availability_zones.z.zone_ids[0])) > 0)", "false"},
      {R"(startswith(data.aws_region.r.name, "us-"))", R"(startswith(data.aws_region.r.name, "us-"))"},
      {R"(startswith(data.aws_region.r.name, "mars-"))", "false"},
      {R"(substr(data.aws_region.r.name, 0, 2))", "substr(data.aws_region.r.name, 0, 2)"},
      {R"(regexall("-", "${data.aws_region.r.name}"))", R"(regexall("-", data.aws_region.r.name))"},
      {R"(length(regex("^([a-z]+)-", data.aws_region.r.name)))", "1"},
      {R"(regex("^[0-9]$", data.aws_region.r.name))", "error: `regex`: the pattern does not match the string"},
      {R"(replace(data.aws_caller_identity.c.account_id, "/[0-9]/", "x"))", R"("xxxxxxxxxxxx")"},
  });
}

TEST(Secrets, SpreadToWhatIsMadeFromThem) {
  expect_texts({
      {"var.secret", "(sensitive)"},
      {R"("${var.secret}-x")", "(sensitive)"},
      {"upper(var.secret)", "(sensitive)"},
      {R"(var.secret == "x")", "(sensitive)"},
      {"jsonencode({a = var.secret})", "(sensitive)"},
      {R"(contains([var.secret], "b"))", "(sensitive)"},
      {"cidrsubnet(var.secret, 8, var.u)", "(sensitive)"},
      {"length(sensitive([1]))", "(sensitive)"},
      // What only stands beside a secret is none.
      {R"([var.secret, "a"])", R"([(sensitive), "a"])"},
      {"length([var.secret])", "1"},
      {"keys({a = var.secret})", R"(["a"])"},
      {"merge({a = var.secret}, {b = 1})", "{a = (sensitive), b = 1}"},
      {"issensitive(var.secret)", "true"},
      {"nonsensitive(upper(var.secret))", R"("S3CRET")"},
      // A secret has no identity that could be printed.
      {"sha1(sensitive(var.u))", "(sensitive)"},
  });
}

}  // namespace
}  // namespace halint

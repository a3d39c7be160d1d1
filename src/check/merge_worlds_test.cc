// What holds in some worlds only says in which.
// SPDX-License-Identifier: Apache-2.0
#include "check/merge_worlds.h"

#include <gtest/gtest.h>

#include <string>

namespace halint {
namespace {

Finding finding(const std::string& id) {
  Finding result;
  result.id = id;
  return result;
}

std::string text_of(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& each : findings) all += each.id + ": " + each.when + "\n";
  return all;
}

const std::vector<std::vector<WorldInput>> kWorlds = {
    {{"Env", "`Env` is dev"}, {"Size", "`Size` is 1"}},
    {{"Env", "`Env` is test"}, {"Size", "`Size` is 1"}},
    {{"Env", "`Env` is prod"}, {"Size", "`Size` is 1"}},
    {{"Env", "`Env` is prod"}, {"Size", "`Size` is not 1"}},
};

TEST(MergeWorlds, WhatHoldsInAllIsSaidOnce) {
  EXPECT_EQ(text_of(merge_worlds(kWorlds, {{finding("a")}, {finding("a")}, {finding("a")}, {finding("a")}})), "a: \n");
  EXPECT_EQ(text_of(merge_worlds({{}}, {{finding("a"), finding("b")}})), "a: \nb: \n");
}

TEST(MergeWorlds, NamesTheInputThatDecides) {
  EXPECT_EQ(text_of(merge_worlds(kWorlds, {{finding("a")}, {finding("a")}, {}, {}})), "a: `Env` is dev or test\n");
  EXPECT_EQ(text_of(merge_worlds(kWorlds, {{}, {}, {}, {finding("a")}})), "a: `Size` is not 1\n");
  EXPECT_EQ(text_of(merge_worlds(kWorlds, {{}, {}, {finding("a")}, {}})), "a: `Env` is prod and `Size` is 1\n");
}

TEST(MergeWorlds, KeepsWhatTheFindingSaysItself) {
  Finding maybe = finding("a");
  maybe.when = "`X` exists";
  EXPECT_EQ(text_of(merge_worlds(kWorlds, {{}, {}, {}, {maybe}})), "a: `Size` is not 1 and `X` exists\n");
}

}  // namespace
}  // namespace halint

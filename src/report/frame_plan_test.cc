// Tests of report/frame_plan.h: what is shown together.
// SPDX-License-Identifier: Apache-2.0
#include "report/frame_plan.h"

#include <string>

#include <gtest/gtest.h>

namespace halint {
namespace {

class FramePlanTest : public testing::Test {
 protected:
  FramePlanTest() {
    std::string lines;
    for (int i = 1; i <= 100; ++i) lines += "word1 word2 word3 word4 word5\n";
    a_ = sources_.add("a.tf", lines);
    b_ = sources_.add("b.tf", lines);
    finding_.span = at(a_, 10, 1);
  }
  // The n-th word of a line; lines have 30 bytes, words 5.
  static Span at(FileId file, std::uint32_t line, std::uint32_t word) {
    std::uint32_t begin = (line - 1) * 30 + (word - 1) * 6;
    return {file, begin, begin + 5};
  }
  FramePlan plan() const { return plan_frames(sources_, finding_); }

  Sources sources_;
  FileId a_, b_;
  Finding finding_;
};

TEST_F(FramePlanTest, MergesWhatIsNear) {
  finding_.evidence = {{at(a_, 15, 1), "five lines below"}, {at(a_, 20, 1), "five more"}, {at(a_, 26, 1), "too far"}};
  FramePlan plan = this->plan();
  ASSERT_EQ(plan.primary.labels.size(), 3u);
  EXPECT_EQ(plan.primary.labels[0].span, finding_.span);
  EXPECT_EQ(plan.primary.labels[1].text, "five lines below");
  EXPECT_EQ(plan.primary.labels[2].text, "five more") << "near to a line that is shown anyway";
  ASSERT_EQ(plan.notes.size(), 1u);
  EXPECT_EQ(plan.notes[0].note, "too far");
  EXPECT_EQ(plan.notes[0].labels[0].text, "");
  EXPECT_TRUE(plan.rest.empty());
}

TEST_F(FramePlanTest, KeepsOtherFilesApart) {
  finding_.evidence = {{at(b_, 10, 1), "other file"}, {at(b_, 12, 1), "near to it"}};
  FramePlan plan = this->plan();
  EXPECT_EQ(plan.primary.labels.size(), 1u);
  ASSERT_EQ(plan.notes.size(), 1u);
  EXPECT_EQ(plan.notes[0].note, "other file");
  ASSERT_EQ(plan.notes[0].labels.size(), 2u);
  EXPECT_EQ(plan.notes[0].labels[1].text, "near to it");
}

TEST_F(FramePlanTest, ShowsThreeNotesAndListsTheRest) {
  for (std::uint32_t line : {30u, 40u, 50u, 60u, 70u}) finding_.evidence.push_back({at(a_, line, 1), "e"});
  finding_.origins = {{at(b_, 5, 1), "origin"}, {at(a_, 31, 1), "near to the first note"}};
  FramePlan plan = this->plan();
  ASSERT_EQ(plan.notes.size(), 3u);
  EXPECT_EQ(plan.notes[0].labels.size(), 2u);
  ASSERT_EQ(plan.rest.size(), 3u);
  EXPECT_EQ(plan.rest[2].text, "origin");
}

TEST_F(FramePlanTest, SaysNothingTwice) {
  finding_.label = "label";
  finding_.evidence = {{at(a_, 10, 1), "label"},
                       {at(b_, 1, 1), "there"},
                       {at(b_, 1, 1), "there"},
                       {Span{}, "nowhere"},
                       {Span{}, "nowhere"}};
  finding_.origins = {{at(b_, 1, 1), "there"}};
  FramePlan plan = this->plan();
  EXPECT_EQ(plan.primary.labels.size(), 1u);
  ASSERT_EQ(plan.notes.size(), 2u);
  EXPECT_EQ(plan.notes[0].labels.size(), 1u);
  EXPECT_EQ(plan.notes[1].note, "nowhere");
  EXPECT_TRUE(plan.notes[1].labels.empty());
}

TEST_F(FramePlanTest, ShowsOriginsOnlyOfLinesThatAreNotShown) {
  finding_.evidence = {{at(b_, 3, 1), "evidence"}};
  finding_.origins = {
      {at(a_, 10, 1), "here"}, {at(a_, 10, 4), "same line"}, {at(b_, 3, 2), "there"}, {at(b_, 40, 1), "elsewhere"}};
  FramePlan plan = this->plan();
  ASSERT_EQ(plan.primary.labels.size(), 1u);
  EXPECT_EQ(plan.primary.labels[0].text, "");
  ASSERT_EQ(plan.notes.size(), 2u);
  EXPECT_EQ(plan.notes[0].labels.size(), 1u);
  EXPECT_EQ(plan.notes[1].note, "elsewhere");
}

TEST_F(FramePlanTest, LetsEvidenceLabelThePrimaryPlace) {
  finding_.evidence = {{finding_.span, "because of this"}};
  FramePlan plan = this->plan();
  ASSERT_EQ(plan.primary.labels.size(), 1u);
  EXPECT_EQ(plan.primary.labels[0].text, "because of this");
}

TEST_F(FramePlanTest, DoesNotCrowdALineOrAFrame) {
  for (std::uint32_t word : {2u, 3u, 4u, 5u}) finding_.evidence.push_back({at(a_, 10, word), "same line"});
  FramePlan plan = this->plan();
  EXPECT_EQ(plan.primary.labels.size(), 3u);
  ASSERT_EQ(plan.notes.size(), 1u) << "what is too much on a line gets a frame of its own";
  EXPECT_EQ(plan.notes[0].labels.size(), 2u);
  finding_.evidence.clear();
  for (std::uint32_t line = 11; line < 21; ++line) finding_.evidence.push_back({at(a_, line, 1), "each line"});
  EXPECT_EQ(this->plan().primary.labels.size(), 6u);
}

TEST_F(FramePlanTest, ShowsNoPlaceInTwoFrames) {
  for (const char* text : {"a", "b", "c", "d", "e"}) finding_.evidence.push_back({at(b_, 1, 1), text});
  FramePlan plan = this->plan();
  ASSERT_EQ(plan.notes.size(), 1u);
  EXPECT_EQ(plan.notes[0].labels.size(), 3u);
  ASSERT_EQ(plan.rest.size(), 2u);
  EXPECT_EQ(plan.rest[1].text, "e");
}

TEST_F(FramePlanTest, HasNoPrimaryFrameWithoutAPlace) {
  finding_.span = Span{};
  finding_.evidence = {{at(a_, 1, 1), "somewhere"}};
  FramePlan plan = this->plan();
  EXPECT_TRUE(plan.primary.labels.empty());
  EXPECT_EQ(plan.notes.size(), 1u);
}

}  // namespace
}  // namespace halint

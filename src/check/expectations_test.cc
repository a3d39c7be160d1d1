// Tests of the reader of expectations: what a mark is, and what differs from it.
// SPDX-License-Identifier: Apache-2.0
#include "check/expectations.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

constexpr char kMarked[] =
    "resource \"a\" \"b\" {\n"
    "  multi_az = false\n"
    "  #          ^^^^^ error: rds-single-az\n"
    "  # ^ inconclusive: other-rule\n"
    "}\n";

Finding finding(Span span, std::string rule) {
  Finding result;
  result.rule = std::move(rule);
  result.message = "something is wrong";
  result.span = span;
  return result;
}

TEST(ReadMarks, TakesTheLineAboveAllMarks) {
  Sources sources;
  const FileId file = sources.add("a.tf", kMarked);
  const std::vector<Mark> marks = read_marks(sources, file);
  ASSERT_EQ(marks.size(), 2u);
  EXPECT_EQ(sources.text(marks[0].place), "false");
  EXPECT_EQ(marks[0].verdict, "error");
  EXPECT_EQ(marks[0].rule, "rds-single-az");
  EXPECT_EQ(sources.text(marks[1].place), "l");
  EXPECT_EQ(marks[1].verdict, "inconclusive");
}

TEST(ReadMarks, CountsCodePoints) {
  Sources sources;
  const FileId file = sources.add("a.tf", "  name = \"é\" + x\r\n  #            ^ note: r\r\n");
  const std::vector<Mark> marks = read_marks(sources, file);
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(sources.text(marks[0].place), "x");
}

TEST(ReadMarks, AcceptsSlashes) {
  Sources sources;
  const FileId file = sources.add("a.tf", "abc = 1\n// ^ warning: r\n");
  const std::vector<Mark> marks = read_marks(sources, file);
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(sources.text(marks[0].place), " ");
}

TEST(ReadMarks, MayBeAboutAWholeLine) {
  Sources sources;
  const FileId file = sources.add("a.tf", "abc = 1\n  # error: below\ndef = 2  # note: beside\n");
  const std::vector<Mark> marks = read_marks(sources, file);
  ASSERT_EQ(marks.size(), 2u);
  EXPECT_FALSE(marks[0].has_carets);
  EXPECT_EQ(sources.text(marks[0].place), "abc = 1");
  EXPECT_EQ(sources.begin_of(marks[1].place).line, 3u);
  EXPECT_EQ(marks[1].rule, "beside");
  Report report;
  report.findings = {finding({file, 6, 7}, "below")};
  EXPECT_EQ(compare(sources, std::span(marks).first(1), report).size(), 0u);
  report.findings = {finding({file, 25, 26}, "below")};
  EXPECT_EQ(compare(sources, std::span(marks).first(1), report).size(), 2u) << "another line";
}

TEST(ReadMarks, LeavesOtherCommentsAlone) {
  Sources sources;
  const FileId file = sources.add("a.tf", "a = 1 # ^ error: r\n# see a^2\n#\n\n# error: several words\n");
  EXPECT_TRUE(read_marks(sources, file).empty());
}

TEST(Compare, IsSilentIfAllIsAsMarked) {
  Sources sources;
  const FileId file = sources.add("a.tf", kMarked);
  Report report;
  report.findings = {finding({file, 21, 38}, "rds-single-az"), finding({file, 32, 37}, "rds-single-az")};
  report.inconclusive.push_back({"other-rule", Severity::kError, "a.b", {file, 21, 38}, "", ""});
  EXPECT_EQ(compare(sources, read_marks(sources, file), report), std::vector<std::string>());
}

TEST(Compare, ReportsWhatIsMissing) {
  Sources sources;
  const FileId file = sources.add("a.tf", kMarked);
  const std::vector<std::string> differences = compare(sources, read_marks(sources, file), Report());
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0], "a.tf:2:14: expected here, but not found: error[rds-single-az]");
}

TEST(Compare, ReportsWhatIsNotMarked) {
  Sources sources;
  const FileId file = sources.add("a.tf", "a = 1\n");
  Report report;
  report.findings = {finding({file, 4, 5}, "some-rule")};
  report.diagnostics.push_back({{file, 0, 1}, Severity::kError, "syntax-error", "no", "", {}});
  report.diagnostics.push_back({{file, 0, 1}, Severity::kNote, "not-analysed", "no", "", {}});
  report.inconclusive.push_back({"other-rule", Severity::kError, "a.b", {file, 0, 1}, "", ""});
  EXPECT_EQ(compare(sources, {}, report),
            (std::vector<std::string>{"a.tf:1:5: found, but not expected: error[some-rule]: something is wrong",
                                      "a.tf:1:1: found, but not expected: error[syntax-error]: no"}));
}

TEST(Compare, WantsCaretsInsideTheSpanAndTheSameSeverity) {
  Sources sources;
  const FileId file = sources.add("a.tf", "abc = 1\n# ^^^ error: r\n");
  const std::vector<Mark> marks = read_marks(sources, file);
  Report report;
  report.findings = {finding({file, 0, 4}, "r")};
  EXPECT_EQ(compare(sources, marks, report).size(), 2u) << "the carets reach beyond the span";
  report.findings = {finding({file, 0, 5}, "r")};
  EXPECT_EQ(compare(sources, marks, report).size(), 0u);
  report.findings[0].severity = Severity::kWarning;
  EXPECT_EQ(compare(sources, marks, report).size(), 2u) << "another severity";
}

TEST(Compare, RefusesAMarkThatCannotBeRead) {
  Sources sources;
  const FileId file = sources.add("a.tf", "abc = 1\n# ^^^ eror: r\n");
  const std::vector<std::string> differences = compare(sources, read_marks(sources, file), Report());
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0], "a.tf:2:1: a line with carets that is no mark: write `#  ^^^ error: rule`");
}

TEST(ReadMarksBeside, ReadsLineAndColumn) {
  Sources sources;
  const FileId file = sources.add("a.tf.json", "{\n  \"a\": 1\n}\n");
  const std::vector<Mark> marks = read_marks_beside(sources, file, "2:8 error: r\nnonsense\n");
  ASSERT_EQ(marks.size(), 2u);
  EXPECT_EQ(sources.text(marks[0].place), "1");
  EXPECT_EQ(marks[0].rule, "r");
  EXPECT_TRUE(marks[1].rule.empty());
}

}  // namespace
}  // namespace halint

// Runs each directory below tests/corpus/terraform, tests/corpus/cloudformation and tests/corpus/nginx as one case;
// what is expected stands in the comments of its files.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "check/check.h"
#include "check/expectations.h"
#include "graph/print_graph.h"
#include "lsp/analysis.h"
#include "lsp/diagnostics.h"
#include "lsp/rooted_for_test.h"

namespace halint {
namespace {

constexpr char kCorpus[] = HALINT_SOURCE_DIR "/tests/corpus";
constexpr char kGraphSuffix[] = ".graph.expected";
constexpr char kMarksSuffix[] = ".expected";

using Files = std::map<std::string, std::string>;

void read_below(const FileSystem& disk, const std::string& directory, Files& files) {
  for (const DirectoryEntry& entry : disk.list(directory)) {
    const std::string path = join_path(directory, entry.name);
    if (entry.is_directory) {
      read_below(disk, path, files);
    } else if (Result<std::string> text = disk.read(path, 10 << 20)) {
      files[path] = *text;
    } else {
      ADD_FAILURE() << text.error().message;
    }
  }
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  const auto disk = disk_file_system(kCorpus);
  for (const char* format : {"terraform", "cloudformation", "nginx"}) {
    for (const DirectoryEntry& entry : disk->list(format)) {
      if (entry.is_directory) names.push_back(join_path(format, entry.name));
    }
  }
  return names;
}

// The top-level blocks of a file in reverse order, each with the comments above it. Relies on the cases' layout: a
// block ends with a `}` in the first column, or on the line where it begins.
std::string reversed(const std::string& text) {
  std::vector<std::string> blocks(1);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string line = text.substr(begin, end - begin);
    begin = end;
    blocks.back() += line;
    const std::size_t last = line.find_last_not_of(" \r\n");
    const bool is_one_line = std::isalpha(static_cast<unsigned char>(line[0])) && last != std::string::npos &&
                             line[last] == '}' && line.find('{') != std::string::npos;
    if (line[0] == '}' || is_one_line) blocks.emplace_back();
  }
  std::string result;
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    result += *block;
    if (!result.empty() && result.back() != '\n') result += '\n';
  }
  return result;
}

Report run(const Files& files, Sources& sources, bool ignore_suppressions = false) {
  CheckOptions options;
  options.suppressions.are_ignored = ignore_suppressions;
  options.keep_graphs = true;
  options.jobs = 1;
  return check(*memory_file_system(files), sources, builtin_rules(), options);
}

std::vector<Mark> marks_of(const Sources& sources, const Files& files) {
  std::vector<Mark> marks;
  for (std::uint32_t index = 1; index <= sources.size(); ++index) {
    std::vector<Mark> found = read_marks(sources, {index});
    const auto beside = files.find(std::string(sources.path({index})) + kMarksSuffix);
    if (beside != files.end()) found = read_marks_beside(sources, {index}, beside->second);
    marks.insert(marks.end(), found.begin(), found.end());
  }
  return marks;
}

class Corpus : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { read_below(*disk_file_system(std::string(kCorpus) + "/" + GetParam()), ".", files_); }

  Files files_;
};

TEST_P(Corpus, IsAsMarked) {
  Sources sources;
  const Report report = run(files_, sources);
  for (const std::string& defect : report.defects) ADD_FAILURE() << defect;
  for (const std::string& difference : compare(sources, marks_of(sources, files_), report)) {
    ADD_FAILURE() << difference;
  }
  EXPECT_FALSE(report.projects.empty() && report.diagnostics.empty()) << "the case holds nothing that halint reads";
}

TEST_P(Corpus, HasTheExpectedGraph) {
  Sources sources;
  const Report report = run(files_, sources);
  for (const Project& project : report.projects) {
    const bool is_file = project.root.ends_with(".conf");
    const std::string name = (is_file ? project.root : join_path(project.root, "main.tf")) + kGraphSuffix;
    const auto expected = files_.find(name);
    if (expected == files_.end()) continue;
    const std::string printed = print_graph(*project.graph);
    if (std::getenv("HALINT_UPDATE_EXPECTED")) {
      std::ofstream(std::string(kCorpus) + "/" + GetParam() + "/" + name) << printed;
    } else {
      EXPECT_EQ(printed, expected->second) << "if this is right: scripts/update_expected";
    }
  }
}

// The editor's door: the same findings at the same places, from unsaved buffers alone.
TEST_P(Corpus, IsTheSameInAnEditor) {
  Files disk;
  for (const auto& [path, text] : files_) disk["/w/" + path] = text;
  const auto open_files = [&](const std::string& root) { return std::make_unique<lsp::RootedFiles>(Files{}, root); };
  lsp::AnalysisJob job;
  job.folder = "/w";
  job.buffers = disk;
  const lsp::Analysis analysis = lsp::analyse(job, open_files, 0);
  std::set<std::string> shown, expected;
  for (const auto& [path, list] : lsp::diagnostics_of(analysis, {Encoding::kUtf32, false})) {
    for (const lsp::Json& item : list) {
      const lsp::Json& start = item["range"]["start"];
      shown.insert(fmt::format("{}:{}:{} {}", path.substr(3), start["line"].get<int>() + 1,
                               start["character"].get<int>() + 1, item["code"].get<std::string>()));
    }
  }
  Sources sources;
  const Report report = run(files_, sources);
  const auto add = [&](const auto& item) {
    if (!item.span.is_known() || sources.path(item.span.file).starts_with("halint:")) return;
    const Position at = sources.begin_of(item.span);
    expected.insert(fmt::format("{}:{}:{} {}", sources.path(item.span.file), at.line, at.column, item.rule));
  };
  for (const Finding& finding : report.findings) add(finding);
  for (const Diagnostic& diagnostic : report.diagnostics) add(diagnostic);
  EXPECT_EQ(shown, expected);
}

TEST_P(Corpus, DoesNotDependOnTheOrderOfBlocks) {
  Files turned = files_;
  for (auto& [path, text] : turned) {
    if (path.ends_with(".tf")) text = reversed(text);
  }
  Sources sources;
  Sources turned_sources;
  const auto identities = [](const Report& report) {
    std::set<std::string> all;
    for (const Finding& finding : report.findings) all.insert(finding.rule + " " + finding.id + " " + finding.message);
    for (const Inconclusive& undecided : report.inconclusive) all.insert(undecided.rule + " " + undecided.address);
    return all;
  };
  // Suppressions that reach over several blocks do depend on it.
  EXPECT_EQ(identities(run(files_, sources, true)), identities(run(turned, turned_sources, true)));
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Corpus, testing::ValuesIn(case_names()), test_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Corpus);

}  // namespace
}  // namespace halint

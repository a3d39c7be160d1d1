// The same infrastructure, written in several ways, gives the same graph and the same findings: tests/twins/CASE/WAY/.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "check/check.h"
#include "cloudformation/read_cloudformation.h"
#include "graph/print_graph.h"
#include "terraform/read_terraform.h"

namespace halint {
namespace {

const std::string kTwins = std::string(HALINT_SOURCE_DIR) + "/tests/twins";

// A node as text without its address: kind, attributes, and where edges lead, as `names` of the nodes there say.
std::string describe(const Graph& graph, const Node& node, const std::vector<std::string>& names,
                     const std::vector<std::string>& ignored) {
  const KindInfo& kind = graph.schema().kind(node.kind);
  std::string text = kind.name;
  for (const AttributeInfo& attribute : kind.attributes) {
    const Value& value = graph.attribute(node.id, attribute.id);
    if (value.is_absent() || std::ranges::find(ignored, attribute.name) != ignored.end()) continue;
    text += " " + attribute.name + "=" + (value.is_unknown() ? "?" : to_text(value));
  }
  for (const EdgeInfo& edge : kind.edges) {
    Targets targets = graph.targets(node.id, edge.id);
    std::vector<std::string> ends;
    for (const Link& link : targets.links) {
      ends.push_back((link.is_certain ? "" : "?") + names[link.node.index]);
    }
    std::ranges::sort(ends);
    text += " " + edge.name + "=[";
    for (const std::string& end : ends) text += end + ";";
    text += targets.rest != nullptr ? "...]" : "]";
  }
  return text;
}

// The nodes of a graph as sorted texts that say what each is and what lies within three edges of it.
std::vector<std::string> fingerprint(const Graph& graph, const std::vector<std::string>& ignored) {
  constexpr int kRounds = 3;
  std::vector<std::string> names(graph.nodes().size());
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::string> next;
    for (const Node& node : graph.nodes()) next.push_back(describe(graph, node, names, ignored));
    names = std::move(next);
  }
  std::ranges::sort(names);
  return names;
}

Graph read(const FileSystem& files, Sources& sources, const std::string& directory) {
  TerraformWorkspace terraform(files, sources, {directory}, directory, {}, 1);
  std::vector<Configuration> configurations;
  for (const std::string& root : terraform.roots()) configurations.push_back(terraform.evaluate(root, {}));
  CloudFormationWorkspace cloudformation(files, sources, {directory}, directory, {}, 1);
  for (const std::string& root : cloudformation.roots()) {
    for (Configuration& world : cloudformation.evaluate(root, {})) configurations.push_back(std::move(world));
  }
  for (const Configuration& configuration : configurations) {
    for (const Diagnostic& fault : configuration.diagnostics) ADD_FAILURE() << directory << ": " << fault.message;
  }
  return Graph(builtin_schema(), std::move(configurations));
}

// Words of the file `differs`: attributes that say how a thing is written.
std::vector<std::string> words_of(const FileSystem& files, const std::string& path) {
  std::vector<std::string> words;
  Result<std::string> text = files.read(path, 10'000);
  if (!text) return words;
  std::string word;
  for (char c : *text) {
    if (c != '\n' && c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  return words;
}

TEST(Twins, GiveTheSameGraph) {
  std::unique_ptr<FileSystem> files = disk_file_system("/");
  int compared = 0;
  for (const DirectoryEntry& entry : files->list(kTwins)) {
    if (!entry.is_directory) continue;
    std::string directory = kTwins + "/" + entry.name;
    std::vector<std::string> ignored = words_of(*files, directory + "/differs");
    std::vector<std::string> first;
    std::string first_text;
    for (const DirectoryEntry& way : files->list(directory)) {
      if (!way.is_directory) continue;
      Sources sources;
      Graph graph = read(*files, sources, directory + "/" + way.name);
      ASSERT_FALSE(graph.nodes().empty()) << directory << "/" << way.name;
      std::vector<std::string> found = fingerprint(graph, ignored);
      if (first.empty()) {
        first = found;
        first_text = print_graph(graph);
        continue;
      }
      ++compared;
      EXPECT_TRUE(found == first) << entry.name << "/" << way.name << " differs:\n"
                                  << print_graph(graph) << "\nfrom:\n"
                                  << first_text;
    }
  }
  EXPECT_GT(compared, 5);
}

// What all rules find in a directory: each rule with the number of its subjects. Instances of one block are blamed
// together, and blocks that are written apart each for itself, so that the number of findings says nothing.
std::map<std::string, std::size_t> findings_in(const FileSystem& files, const std::string& directory) {
  Sources sources;
  CheckOptions options;
  options.paths = {directory};
  options.workspace = directory;
  options.jobs = 1;
  std::map<std::string, std::size_t> found;
  for (const Finding& finding : check(files, sources, builtin_rules(), options).findings)
    found[finding.rule] += finding.subjects.size();
  return found;
}

// The file `findings` says the rules that fire, one a line; an empty one says that none does.
TEST(Twins, GiveTheSameFindings) {
  std::unique_ptr<FileSystem> files = disk_file_system("/");
  int compared = 0;
  int silent = 0;
  for (const DirectoryEntry& entry : files->list(kTwins)) {
    const std::string directory = kTwins + "/" + entry.name;
    if (!entry.is_directory) continue;
    const bool is_said = files->is_file(directory + "/findings");
    std::vector<std::string> rules = words_of(*files, directory + "/findings");
    std::ranges::sort(rules);
    std::map<std::string, std::size_t> first;
    std::string first_way;
    for (const DirectoryEntry& way : files->list(directory)) {
      if (!way.is_directory) continue;
      const std::map<std::string, std::size_t> found = findings_in(*files, directory + "/" + way.name);
      if (first_way.empty()) {
        first = found;
        first_way = way.name;
      }
      ++compared;
      EXPECT_EQ(found, first) << entry.name << ": " << way.name << " and " << first_way << " differ";
      if (!is_said) continue;
      std::vector<std::string> slugs;
      for (const auto& [rule, subjects] : found) slugs.push_back(rule);
      EXPECT_EQ(slugs, rules) << entry.name << "/" << way.name;
      if (rules.empty()) ++silent;
    }
  }
  EXPECT_GT(compared, 30);
  EXPECT_GT(silent, 10);
}

}  // namespace
}  // namespace halint

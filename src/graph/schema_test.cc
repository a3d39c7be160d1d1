// The schema language, and the schema of the binary.
// SPDX-License-Identifier: Apache-2.0
#include "graph/schema.h"

#include <gtest/gtest.h>

#include <string>

#include "graph/graph.h"
#include "graph/plain_yaml.h"
#include "graph/sketch_for_test.h"

namespace halint {
std::span<const NamedText> builtin_schema_files();
namespace {

std::string messages(const Sources& sources, const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    Position at = sources.begin_of(diagnostic.span);
    text += std::string(sources.path(diagnostic.span.file)) + ":" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + ": " + diagnostic.message;
    if (!diagnostic.help.empty()) text += " (" + diagnostic.help + ")";
    text += "\n";
  }
  return text;
}

// What is wrong with one file, beside a kind `pond`.
std::string faults(std::string_view text) {
  Sources sources;
  NamedText files[] = {{"pond.yaml", "kind: pond\nattributes:\n  depth: {type: int}\n"}, {"fish.yaml", text}};
  return messages(sources, load_schema(sources, files).diagnostics);
}

TEST(BuiltinSchema, IsSound) {
  Sources sources;
  Parsed<Schema> schema = load_schema(sources, builtin_schema_files());
  EXPECT_EQ(messages(sources, schema.diagnostics), "");
}

// The quick reader is there for these files, and must understand them as yaml-cpp does.
TEST(PlainYaml, ReadsTheSchemaAsYaml) {
  for (const NamedText& file : builtin_schema_files()) {
    SchemaNode plain;
    EXPECT_TRUE(read_plain_yaml(FileId{1}, file.text, plain)) << file.name;
    std::vector<Diagnostic> diagnostics;
    EXPECT_TRUE(plain == read_yaml_document(FileId{1}, file.text, diagnostics)) << file.name;
  }
}

// Whatever it accepts means the same to yaml-cpp: checked on files that are changed in one place.
TEST(PlainYaml, RefusesWhatItWouldMisread) {
  std::string text =
      "kind: a b # c\nlist:\n- x: 1\n  y: [a, {b: \"c: d\", e: f}]\n- z\n-  - w\nflow: {a: [],\n  b: ~ }\n\nlast:\n  "
      "deep:\n    deeper: q#r\n";
  int accepted = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char c : std::string_view("\n :-#\"'[]{},&*!|>\t\\?~x")) {
      std::string changed = text;
      changed[i] = c;
      for (const std::string& candidate : {changed, text.substr(0, i) + c + text.substr(i), text.substr(0, i)}) {
        SchemaNode plain;
        if (!read_plain_yaml(FileId{1}, candidate, plain)) continue;
        ++accepted;
        std::vector<Diagnostic> diagnostics;
        SchemaNode full = read_yaml_document(FileId{1}, candidate, diagnostics);
        ASSERT_TRUE(plain == full && diagnostics.empty()) << candidate;
      }
    }
  }
  EXPECT_GT(accepted, 300);
}

TEST(BuiltinSchema, DocumentsEverything) {
  for (const KindInfo& kind : builtin_schema().kinds()) {
    EXPECT_NE(kind.doc, "") << kind.name;
    for (const AttributeInfo& attribute : kind.attributes)
      EXPECT_NE(attribute.doc, "") << kind.name << "." << attribute.name;
    for (const EdgeInfo& edge : kind.edges) EXPECT_NE(edge.doc, "") << kind.name << "." << edge.name;
  }
}

TEST(BuiltinSchema, AnswersByName) {
  const Schema& schema = builtin_schema();
  EXPECT_EQ(schema.kind(KindId{0}).name, "other");
  ASSERT_NE(schema.find_attribute("subnet", "cidr"), nullptr);
  EXPECT_EQ(to_text(schema.find_attribute("subnet", "cidr")->type), "cidr");
  ASSERT_NE(schema.find_edge("subnet", "associated_with"), nullptr);
  EXPECT_TRUE(schema.find_edge("subnet", "associated_with")->is_many);
  EXPECT_EQ(schema.find_edge("subnet", "vpc")->reverse, "subnets");
  EXPECT_EQ(schema.find_attribute("subnet", "no_such"), nullptr);
  EXPECT_EQ(schema.find_edge("no_such", "vpc"), nullptr);
  EXPECT_EQ(schema.kinds_named("data_store").size(), 4u);
  EXPECT_EQ(schema.kinds_named("subnet").size(), 1u);
  EXPECT_TRUE(schema.kinds_named("no_such").empty());
  EXPECT_EQ(schema.kind(schema.kind_of_id("sg-0123")).name, "security_group");
  EXPECT_EQ(schema.kind_of_id("unheard-of"), KindId{});
}

TEST(LoadSchema, SuggestsWhatWasMeant) {
  EXPECT_EQ(faults("kind: fish\nedgs: {}\n"), "fish.yaml:2:1: there is no key `edgs` (did you mean `edges`?)\n");
  EXPECT_EQ(faults("kind: fish\nedges:\n  home: {to: pnod}\n"),
            "fish.yaml:3:14: there is no kind `pnod` (did you mean `pond`?)\n");
  EXPECT_EQ(
      faults("kind: fish\nattributes:\n  size: {type: int}\nterraform:\n  - type: f\n    attributes:\n      sise: x\n"),
      "fish.yaml:7:7: there is no attribute of `fish` called `sise` (did you mean `size`?)\n");
  EXPECT_EQ(faults("kind: fish\nedges:\n  home: {to: pond}\nterraform:\n  - type: f\n    edges: {hone: x}\n"),
            "fish.yaml:6:13: there is no edge of `fish` called `hone` (did you mean `home`?)\n");
}

TEST(LoadSchema, RefusesWhatDoesNotFit) {
  EXPECT_EQ(faults("doc: nothing\n"), "fish.yaml:1:1: a schema file needs `kind:`\n");
  EXPECT_EQ(faults("kind: pond\n"), "fish.yaml:1:7: kind `pond` is written twice\n");
  EXPECT_EQ(faults("kind: fish\nattributes:\n  size: {type: number}\n"),
            "fish.yaml:3:16: attribute `size` needs a type (bool, int, double, string, cidr, zone, list<T>, map<T> or "
            "dyn)\n");
  EXPECT_EQ(faults("kind: fish\nattributes:\n  size: {type: int}\nterraform:\n  - type: f\n    attributes: {size: "
                   "{from: x, default: big}}\n"),
            "fish.yaml:6:43: `int` is expected here\n");
  EXPECT_EQ(faults("kind: fish\nattributes:\n  size: {type: int}\nterraform:\n  - type: f\n    attributes: {size: "
                   "{from: x, union: y}}\n"),
            "fish.yaml:6:24: exactly one of `from`, `union`, `present`, `pairs`, `is` is needed\n");
  EXPECT_EQ(
      faults("kind: fish\nattributes:\n  size: {type: int}\nterraform:\n  - type: f\n    attributes: {size: a..b}\n"),
      "fish.yaml:6:24: `a..b` is no path (write `name`, `block.name` or `list[*].name`)\n");
  EXPECT_EQ(faults("kind: fish\nterraform:\n  - attributes: {}\n"),
            "fish.yaml:3:5: a mapping needs `type:` or `data:`\n");
  EXPECT_EQ(faults("kind: fish\nedges:\n  home: {to: pond, reverse: depth}\n"),
            "fish.yaml:3:29: `pond` has a member `depth` already\n");
  EXPECT_EQ(faults("kind: fish\nedges:\n  a: {to: pond, reverse: fish}\n  b: {to: pond, reverse: fish}\n"),
            "fish.yaml:3:26: `pond` has a member `fish` already\nfish.yaml:4:26: `pond` has a member `fish` already\n");
}

TEST(LoadSchema, SurvivesBrokenFiles) {
  EXPECT_NE(faults("kind: [fish\n"), "");
  EXPECT_NE(faults("kind: &a fish\ndoc: *a\n"), "");
  EXPECT_NE(faults(std::string(100'000, '[')), "");
  EXPECT_NE(faults("- kind: fish\n"), "");
  EXPECT_EQ(faults(""), "");
  // No text of a schema may crash the reader.
  std::string_view good =
      "kind: fish\nedges:\n  home: {to: pond}\nterraform:\n  - type: f\n    each: b\n    edges: {home: [{from: x, "
      "kind: pond}]}\n";
  EXPECT_EQ(faults(good), "");
  for (std::size_t i = 0; i < good.size(); ++i) {
    faults(good.substr(0, i));
    std::string changed(good);
    changed[i] = changed[i] == ':' ? '-' : ':';
    faults(changed);
  }
}

// A kind of one's own, in a format that is not Terraform: nothing of the language is particular to one.
TEST(LoadSchema, MapsEachFormatItsOwnWay) {
  Sources sources;
  NamedText files[] = {{"fish.yaml", R"(
kind: fish
attributes:
  size: {type: int}
  colours: {type: list<string>}
  tame: {type: bool}
  tags: {type: map<string>}
edges:
  friends: {to: fish, many: true, reverse: friends_of}
terraform:
  - type: aws_fish
    attributes:
      size: {from: size, default: 1}
cloudformation:
  - type: AWS::Sea::Fish
    ids: [Ref, Arn]
    attributes:
      size: {from: [Body.Size, OldSize], default: 2}
      colours: {from: Colours, split: ","}
      tame: {from: Wild, values: {"true": "false", "false": "true"}}
      tags: {pairs: Tags, key: Key, value: Value}
    edges:
      friends: {from: Friends, split: ","}
)"}};
  Parsed<Schema> schema = load_schema(sources, files);
  ASSERT_EQ(messages(sources, schema.diagnostics), "");
  std::vector<Configuration> configurations = sketch(R"(
    aws_fish.nemo { Body { Size = "7" }, Colours = "red, white", Wild = "true", Friends = "dory,bruce"
                    Tags { Key = "home", Value = "reef" } }
    aws_fish.dory { OldSize = 3, Friends = "${aws_fish.nemo.Arn} , bruce,${aws_fish.dory.Arn}" })");
  for (Resource& resource : configurations.front().resources) {
    resource.format = Format::kCloudFormation;
    resource.type = "AWS::Sea::Fish";
  }
  Graph graph(schema.value, std::move(configurations));
  NodeId nemo = graph.find("aws_fish.nemo")->id;
  EXPECT_EQ(to_text(graph.attribute(nemo, "size")), "7");
  EXPECT_EQ(to_text(graph.attribute(nemo, "colours")), "[\"red\", \"white\"]");
  EXPECT_EQ(to_text(graph.attribute(nemo, "tame")), "false");
  EXPECT_EQ(to_text(graph.attribute(nemo, "tags")), "{home = \"reef\"}");
  EXPECT_EQ(graph.targets(nemo, "friends").links.size(), 2u);
  NodeId dory = graph.find("aws_fish.dory")->id;
  EXPECT_EQ(to_text(graph.attribute(dory, "size")), "3");
  EXPECT_TRUE(graph.attribute(dory, "tame").is_absent());
  std::vector<std::string_view> friends;
  for (const Link& link : graph.targets(dory, "friends").links) friends.push_back(graph.node(link.node).address);
  EXPECT_EQ(friends, (std::vector<std::string_view>{"aws_fish.nemo", "bruce", "aws_fish.dory"}));
}

constexpr std::string_view kShoals = R"(
kind: shoal
attributes:
  size: {type: int}
  shy: {type: bool}
  song: {type: string}
  moods: {type: map<string>}
edges:
  meals: {to: shoal, many: true, reverse: hunters}
terraform:
  - type: aws_shoal
    ids: id
    attributes:
      size: {from: size, default: 9, unless: [reef, cave], undecided: "a reef or a cave bounds it"}
      shy: {pairs: traits, key: k, value: v, pick: fish.shy, default: false}
      song: {from: song, base64: true}
      moods: moods
  - type: aws_shoal
    link: {edge: meals, from: "eaten_by[*].id", to: {owner: true}, known_only: true}
)";

TEST(LoadSchema, KnowsWhenAFormatDoesNotSayItsDefault) {
  Sources sources;
  NamedText files[] = {{"shoal.yaml", kShoals}};
  Parsed<Schema> schema = load_schema(sources, files);
  ASSERT_EQ(messages(sources, schema.diagnostics), "");
  Graph graph(schema.value,
              sketch("aws_shoal.open {} aws_shoal.reef { reef = 1 } aws_shoal.both { cave = 1, size = 4 }"));
  EXPECT_EQ(to_text(graph.attribute(graph.find("aws_shoal.open")->id, "size")), "9");
  const Value& bounded = graph.attribute(graph.find("aws_shoal.reef")->id, "size");
  ASSERT_TRUE(bounded.is_unknown());
  EXPECT_EQ(bounded.why().detail, "a reef or a cave bounds it");
  EXPECT_EQ(to_text(graph.attribute(graph.find("aws_shoal.both")->id, "size")), "4");
}

TEST(LoadSchema, PicksDecodesAndConverts) {
  Sources sources;
  NamedText files[] = {{"shoal.yaml", kShoals}};
  Parsed<Schema> schema = load_schema(sources, files);
  Graph graph(schema.value, sketch(R"(
    aws_shoal.a { traits { k = "fish.shy", v = "true" }, song = "bGEtbGE="
                  moods = { blue = 7, red = true, sad = "no" } }
    aws_shoal.b { traits { k = "fish.bold", v = "true" }, song = "la-la" }
    aws_shoal.c { traits { k = var.trait, v = "true" } })"));
  NodeId a = graph.find("aws_shoal.a")->id;
  EXPECT_EQ(to_text(graph.attribute(a, "shy")), "true");
  EXPECT_EQ(graph.attribute(a, "song").as_string(), "la-la");
  EXPECT_EQ(to_text(graph.attribute(a, "moods")), "{blue = \"7\", red = \"true\", sad = \"no\"}");
  NodeId b = graph.find("aws_shoal.b")->id;
  EXPECT_EQ(to_text(graph.attribute(b, "shy")), "false");
  EXPECT_EQ(graph.attribute(b, "song").as_string(), "la-la");
  EXPECT_TRUE(graph.attribute(graph.find("aws_shoal.c")->id, "shy").is_unknown());
}

TEST(LoadSchema, LinksOthersToTheResourceItself) {
  Sources sources;
  NamedText files[] = {{"shoal.yaml", kShoals}};
  Parsed<Schema> schema = load_schema(sources, files);
  Graph graph(schema.value, sketch(R"(
    aws_shoal.cod { eaten_by { id = aws_shoal.seals.id }, eaten_by { id = "10.0.0.1" } }
    aws_shoal.seals {}
    aws_shoal.krill { eaten_by = ? })"));
  Targets meals = graph.targets(graph.find("aws_shoal.seals")->id, "meals");
  ASSERT_EQ(meals.links.size(), 1u);
  EXPECT_EQ(graph.node(meals.links[0].node).address, "aws_shoal.cod");
  EXPECT_NE(meals.rest, nullptr) << "krill may be its meal as well";
  EXPECT_EQ(graph.nodes().size(), 3u) << "an address is no shoal";
}

TEST(LoadSchema, NeedsBothHalvesOfAnUndecidedDefault) {
  Sources sources;
  NamedText files[] = {{"shoal.yaml", R"(
kind: shoal
attributes:
  size: {type: int}
terraform:
  - type: aws_shoal
    attributes:
      size: {from: size, default: 9, unless: reef}
)"}};
  Parsed<Schema> schema = load_schema(sources, files);
  EXPECT_NE(messages(sources, schema.diagnostics).find("`unless` needs `undecided`"), std::string::npos);
}

}  // namespace
}  // namespace halint

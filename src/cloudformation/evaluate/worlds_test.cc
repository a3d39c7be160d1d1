// Conditions as worlds, parameters, loops, nested stacks.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/stopwatch.h"
#include "cloudformation/evaluated_for_test.h"

namespace halint {
namespace {

std::string worlds_of(const EvaluatedTemplates& read) {
  std::string all;
  for (std::size_t i = 0; i < read.worlds.size(); ++i) {
    std::string when;
    for (const WorldInput& input : read.worlds[i].world) when += (when.empty() ? "" : ", ") + input.text;
    all += fmt::format("{}: {}\n", when, read.addresses(i));
  }
  return all;
}

constexpr const char* kTwoSides = R"(
Parameters:
  Env: {Type: String%s}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsNotProd: !Not [!Condition IsProd]
  IsDev: {'Fn::Equals': [dev, {Ref: Env}]}
Resources:
  Prod: {Type: 'A::B::C', Condition: IsProd}
  NotProd: {Type: 'A::B::C', Condition: IsNotProd}
  Dev: {Type: 'A::B::C', Condition: IsDev}
)";

std::string two_sides(const std::string& more) {
  std::string text = kTwoSides;
  return text.replace(text.find("%s"), 2, more);
}

TEST(Worlds, DefaultsDecide) {
  EXPECT_EQ(worlds_of(EvaluatedTemplates(two_sides(", Default: prod"))), ": Prod \n");
  CloudFormationOptions options;
  options.parameters = {{"Env", "dev"}};
  EXPECT_EQ(worlds_of(EvaluatedTemplates(two_sides(", Default: prod"), options)), ": NotProd Dev \n");
}

TEST(Worlds, TheDefaultThatDecidedIsKept) {
  EvaluatedTemplates read(two_sides(", Default: dev"));
  ASSERT_EQ(read.worlds[0].decisions.size(), 2u);
  const Decision& decision = read.worlds[0].decisions[1];
  EXPECT_EQ(decision.address, "NotProd");
  EXPECT_EQ(decision.text, "`Env` is dev");
  EXPECT_EQ(read.sources.text(decision.origin), "dev");
}

TEST(Worlds, WithoutDefaultEachValueIsAWorld) {
  EXPECT_EQ(worlds_of(EvaluatedTemplates(two_sides(""))),
            "`Env` is prod: Prod \n`Env` is dev: NotProd Dev \n`Env` is not prod or dev: NotProd \n");
  EXPECT_EQ(worlds_of(EvaluatedTemplates(two_sides(", AllowedValues: [dev, prod]"))),
            "`Env` is dev: NotProd Dev \n`Env` is prod: Prod \n");
}

TEST(Worlds, OfManyAllowedValuesThoseThatNothingComparesAreOne) {
  EXPECT_EQ(worlds_of(EvaluatedTemplates(two_sides(", AllowedValues: [a, b, c, d, dev, prod]"))),
            "`Env` is prod: Prod \n`Env` is dev: NotProd Dev \n`Env` is not prod or dev: NotProd \n");
}

TEST(Worlds, MetadataOfTheCdkMakeNone) {
  EXPECT_EQ(worlds_of(EvaluatedTemplates("Conditions: {C: !Equals [!Ref AWS::Region, eu-west-1]}\nResources:\n"
                                         "  M: {Type: 'AWS::CDK::Metadata', Condition: C}\n"
                                         "  R: {Type: 'A::B::C'}\n")),
            ": R \n");
}

TEST(Worlds, TextsAndNumbersAreComparedAsText) {
  EXPECT_EQ(worlds_of(EvaluatedTemplates("Parameters: {P: {Type: Number, Default: 443}}\n"
                                         "Conditions: {C: !Equals ['443', !Ref P], D: !Equals [true, 'true']}\n"
                                         "Resources:\n  A: {Type: 'A::B::C', Condition: C}\n"
                                         "  B: {Type: 'A::B::C', Condition: D}\n")),
            ": A B \n");
}

TEST(Worlds, TwoUnknownsAreEqualOrNot) {
  EXPECT_EQ(
      worlds_of(EvaluatedTemplates("Parameters: {P: {Type: String}, Q: {Type: String}}\n"
                                   "Conditions: {C: !Equals [!Ref P, !Ref Q], D: !Not [!Equals [!Ref Q, !Ref P]]}\n"
                                   "Resources:\n  A: {Type: 'A::B::C', Condition: C}\n"
                                   "  B: {Type: 'A::B::C', Condition: D}\n")),
      "`P = Q` holds: A \n`P = Q` does not hold: B \n");
}

TEST(Worlds, ThirtyConditionsEndWithinTheBudget) {
  std::string parameters = "Parameters:\n", conditions = "Conditions:\n", resources = "Resources:\n";
  for (int i = 0; i < 30; ++i) {
    parameters += fmt::format("  P{}: {{Type: String}}\n", i);
    conditions += fmt::format("  C{}: !Equals [!Ref P{}, 'true']\n", i, i);
    resources += fmt::format("  R{}: {{Type: 'A::B::C', Condition: C{}}}\n", i, i);
  }
  Stopwatch watch;
  EvaluatedTemplates read(parameters + conditions + resources);
  EXPECT_EQ(read.worlds.size(), 32u);
  EXPECT_EQ(read.messages(),
            "not-analysed: conditions depend on too many inputs without value: 32 combinations were tried, 25 inputs "
            "more left open\n");
  // What is left open may exist.
  EXPECT_EQ(read.find("R29")->multiplicity.least, 0u);
  EXPECT_LT(watch.lap(), 2000);
}

TEST(Worlds, CirclesEnd) {
  EvaluatedTemplates read(
      "Conditions: {A: !Condition B, B: !Not [!Condition A]}\n"
      "Resources: {R: {Type: 'A::B::C', Condition: A, Properties: {P: !GetAtt R.P}}}\n");
  EXPECT_NE(read.messages().find("the condition `A` depends on itself"), std::string::npos);
  EXPECT_EQ(read.addresses(), "R ");
}

TEST(Worlds, AttributesThatNameEachOtherEnd) {
  std::string resources = "Resources:\n";
  for (int i = 0; i < 50; ++i) {
    resources +=
        fmt::format("  A{}: {{Type: 'A::B::C', Properties: {{X: [!GetAtt A{}.X, !GetAtt A{}.X, !GetAtt A{}.X]}}}}\n", i,
                    (i + 1) % 50, (i + 2) % 50, (i + 3) % 50);
  }
  CloudFormationOptions options;
  options.limits.bytes = 10'000'000;
  Stopwatch watch;
  EXPECT_EQ(EvaluatedTemplates(resources, options).worlds[0].resources.size(), 50u);
  EXPECT_LT(watch.lap(), 2000);
}

TEST(Parameters, FilesInTheShapesOfTheTools) {
  for (const char* shape :
       {R"([{"ParameterKey": "Env", "ParameterValue": "prod"}])", R"({"Parameters": {"Env": "prod"}})",
        R"({"Env": "prod"})", R"(["Env=prod"])", "Env: prod\n"}) {
    CloudFormationOptions options;
    options.parameter_files = {"p.json"};
    EvaluatedTemplates read({{"a.yaml", two_sides("")}, {"p.json", shape}}, options);
    EXPECT_EQ(worlds_of(read), ": Prod \n") << shape;
  }
  CloudFormationOptions options;
  options.parameter_files = {"missing.json"};
  EXPECT_NE(EvaluatedTemplates(two_sides(""), options).messages().find("missing.json"), std::string::npos);
}

TEST(Parameters, CanBeUnset) {
  CloudFormationOptions options;
  options.unset_parameters = {"Env"};
  EXPECT_EQ(EvaluatedTemplates(two_sides(", Default: prod"), options).worlds.size(), 3u);
}

TEST(Loops, AreWrittenOut) {
  EvaluatedTemplates read(R"(
Transform: AWS::LanguageExtensions
Parameters: {Zones: {Type: CommaDelimitedList, Default: 'a,b'}}
Resources:
  'Fn::ForEach::Subnets':
    - Zone
    - !Ref Zones
    - 'Subnet${Zone}':
        Type: AWS::EC2::Subnet
        Properties:
          Name: !Sub 'net-${Zone}'
          Other: !Ref Zone
          'Fn::ForEach::Inner': [Key, [x, y], {'P${Key}': 'v${Key}${Zone}'}]
)");
  EXPECT_EQ(read.addresses(), "Subneta Subnetb ");
  EXPECT_EQ(read.value("Subnetb", "Name"), "\"net-b\"");
  EXPECT_EQ(read.value("Subnetb", "Other"), "\"b\"");
  EXPECT_EQ(read.value("Subnetb", "Py"), "\"vyb\"");
}

TEST(Loops, OverWhatIsNotKnownAreOpaque) {
  EvaluatedTemplates read(
      "Parameters: {Zones: {Type: CommaDelimitedList}}\nResources:\n"
      "  'Fn::ForEach::S': [Z, !Ref Zones, {'S${Z}': {Type: 'A::B::C'}}]\n");
  ASSERT_EQ(read.worlds[0].opaque.size(), 1u);
  EXPECT_EQ(read.worlds[0].opaque[0].reason, "it is not known over what `Fn::ForEach::S` goes");
}

constexpr const char* kParent = R"(
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https://s3.amazonaws.com/bucket/v1/infra/network.yaml'}
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./app.yaml
      Parameters: {Subnets: !Join [',', [!GetAtt Network.Outputs.A, !GetAtt Network.Outputs.B]], Size: 3}
)";
constexpr const char* kNetwork = R"(
Resources:
  SubnetA: {Type: 'AWS::EC2::Subnet'}
  SubnetB: {Type: 'AWS::EC2::Subnet'}
Outputs: {A: {Value: !Ref SubnetA}, B: {Value: !Ref SubnetB}}
)";
constexpr const char* kApp = R"(
Parameters: {Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}, Size: {Type: Number, Default: 1}}
Resources:
  Group: {Type: 'AWS::X::Y', Properties: {All: !Ref Subnets, Size: !Ref Size}}
)";

TEST(NestedStacks, PassParametersAndOutputs) {
  EvaluatedTemplates read({{"main.yaml", kParent}, {"infra/network.yaml", kNetwork}, {"app.yaml", kApp}});
  EXPECT_EQ(read.workspace.roots(), std::vector<std::string>{"main.yaml"});
  EXPECT_EQ(read.messages(), "");
  EXPECT_EQ(read.addresses(), "Network.SubnetA Network.SubnetB App.Group ");
  const Value& all = read.find("App.Group")->body.member("All");
  ASSERT_EQ(all.items().size(), 2u);
  EXPECT_EQ(to_text(*all.items()[0].symbol()), "Network.SubnetA.Ref");
  EXPECT_EQ(to_text(*all.items()[1].symbol()), "Network.SubnetB.Ref");
  EXPECT_EQ(read.value("App.Group", "Size"), "\"3\"");
  EXPECT_EQ(read.find("App.Group")->scope, "App");
  ASSERT_EQ(read.find("App.Group")->via.size(), 1u);
  EXPECT_EQ(read.sources.text(read.find("App.Group")->via[0]), "App");
}

TEST(NestedStacks, ThatAreMissingAreOpaque) {
  EvaluatedTemplates read({{"main.yaml", kParent}, {"app.yaml", kApp}});
  ASSERT_EQ(read.worlds[0].opaque.size(), 1u);
  EXPECT_EQ(read.worlds[0].opaque[0].address, "Network");
  EXPECT_NE(read.worlds[0].opaque[0].reason.find("is not among the files"), std::string::npos);
  // Of two that fit alike, none is taken.
  EvaluatedTemplates both(
      {{"main.yaml", kParent}, {"app.yaml", kApp}, {"x/network.yaml", kNetwork}, {"y/network.yaml", kNetwork}});
  EXPECT_NE(both.worlds[0].opaque.at(0).reason.find("may be"), std::string::npos);
}

TEST(NestedStacks, InCirclesEnd) {
  const std::string circle =
      "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: %.yaml}}}\n";
  auto with = [&](const char* name) { return std::string(circle).replace(circle.find('%'), 1, name); };
  EvaluatedTemplates read({{"a.yaml", with("b")}, {"b.yaml", with("a")}});
  EXPECT_EQ(read.workspace.roots(), std::vector<std::string>{"a.yaml"});
  ASSERT_EQ(read.worlds[0].opaque.size(), 1u);
  EXPECT_NE(read.worlds[0].opaque[0].reason.find("it nests itself"), std::string::npos);
}

TEST(NestedStacks, ManyAreQuick) {
  std::map<std::string, std::string> files;
  std::string main = "Resources:\n";
  for (int i = 0; i < 26; ++i) {
    main += fmt::format(
        "  S{}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: s{}.yaml\n"
        "      Parameters: {{In: {}}}\n",
        i, i, i == 0 ? std::string("x") : fmt::format("!GetAtt S{}.Outputs.Out", i - 1));
    files[fmt::format("s{}.yaml", i)] =
        "Parameters: {In: {Type: String}}\nResources: {R: {Type: 'A::B::C', Properties: {P: !Ref In}}}\n"
        "Outputs: {Out: {Value: !Sub '${In}${In}'}}\n";
  }
  files["main.yaml"] = main;
  CloudFormationOptions options;
  Stopwatch watch;
  EvaluatedTemplates read(std::move(files), options);
  EXPECT_LT(watch.lap(), 1000);
  EXPECT_EQ(read.worlds[0].resources.size(), 26u);
}

constexpr const char* kExporter =
    "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
    "Outputs:\n  Net: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-Vpc'}}\n"
    "  Range: {Value: 10.0.0.0/16, Export: {Name: !Sub '${AWS::StackName}-Range'}}\n";
constexpr const char* kImporter =
    "Parameters: {Stack: {Type: String}, Named: {Type: String, Default: net}}\n"
    "Resources:\n  R:\n    Type: A::B::C\n    Properties:\n      Range: !ImportValue {'Fn::Sub': '${Stack}-Range'}\n"
    "      Vpc: !ImportValue {'Fn::Sub': '${Named}-Vpc'}\n      Other: !ImportValue elsewhere\n";

TEST(Imports, FindTheTemplateThatExports) {
  EvaluatedTemplates read({{"a.yaml", kImporter}, {"net.yaml", kExporter}});
  EXPECT_EQ(read.value("R", "Range"), "\"10.0.0.0/16\"");
  const Value& vpc = read.find("R")->body.member("Vpc");
  ASSERT_NE(vpc.symbol(), nullptr);
  EXPECT_EQ(to_text(*vpc.symbol()), "net.yaml#Vpc.Ref");
  EXPECT_EQ(read.find("R")->body.member("Other").why().detail, "another stack exports `elsewhere`");
}

TEST(Imports, OfSeveralCandidatesAreNotKnown) {
  EvaluatedTemplates read({{"a.yaml", kImporter}, {"net.yaml", kExporter}, {"old.yaml", kExporter}});
  EXPECT_EQ(read.find("R")->body.member("Vpc").why().detail, "`net.yaml` and `old.yaml` may both export `net-Vpc`");
}

}  // namespace
}  // namespace halint

// Plans as configurations: what is known, what stands for another resource, and what is broken.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/plan/read_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "terraform/read_terraform.h"

namespace halint {
namespace {

// Two counted subnets in a module, a route table association that is counted with them, and what uses the outputs.
constexpr const char* kPlan = R"({
"format_version": "1.2", "terraform_version": "1.11.4",
"planned_values": {"root_module": {
  "resources": [
    {"address": "aws_db_subnet_group.main", "mode": "managed", "type": "aws_db_subnet_group", "name": "main",
     "values": {"name": "main", "description": null, "tags": {"a": "b"}}, "sensitive_values": {}},
    {"address": "aws_instance.one", "mode": "managed", "type": "aws_instance", "name": "one",
     "values": {"ami": "ami-1", "user_data": "secret"}, "sensitive_values": {"user_data": true}}],
  "child_modules": [{"address": "module.net", "resources": [
    {"address": "module.net.aws_subnet.a[0]", "mode": "managed", "type": "aws_subnet", "name": "a", "index": 0,
     "values": {"cidr_block": "10.0.0.0/24", "map_public_ip_on_launch": false}},
    {"address": "module.net.aws_subnet.a[1]", "mode": "managed", "type": "aws_subnet", "name": "a", "index": 1,
     "values": {"cidr_block": "10.0.1.0/24", "ipv6_native": true, "size": 1.5}},
    {"address": "module.net.aws_route_table_association.a[1]", "mode": "managed", "type": "aws_route_table_association",
     "name": "a", "index": 1, "values": {}},
    {"address": "module.net.aws_vpc.this", "mode": "managed", "type": "aws_vpc", "name": "this", "values": {}}]}]}},
"resource_changes": [
  {"address": "aws_db_subnet_group.main", "change": {"after_unknown": {"subnet_ids": true, "arn": true, "tags": {}}}},
  {"address": "aws_instance.one", "change": {"after_unknown": {"subnet_id": true, "key_name": true}}},
  {"address": "module.net.aws_subnet.a[0]", "change": {"after_unknown": {"vpc_id": true}}},
  {"address": "module.net.aws_route_table_association.a[1]", "change": {"after_unknown": {"subnet_id": true}}},
  {"address": "module.net.aws_vpc.gone", "change": {"actions": ["delete"], "after_unknown": {}}}],
"configuration": {"provider_config": {}, "root_module": {
  "resources": [
    {"address": "aws_db_subnet_group.main", "expressions": {"subnet_ids": {"references": ["module.net.ids", "module.net"]}}},
    {"address": "aws_instance.one", "provider_config_key": "aws.eu", "expressions": {
      "subnet_id": {"references": ["module.net.ids[1]", "module.net.ids", "module.net"]}, "key_name": {"references": ["var.key"]}}}],
  "module_calls": {"net": {"expressions": {}, "module": {
    "outputs": {"ids": {"expression": {"references": ["aws_subnet.a"]}}},
    "resources": [
      {"address": "aws_subnet.a", "expressions": {"vpc_id": {"references": ["local.vpc_id"]}}},
      {"address": "aws_route_table_association.a", "expressions": {"subnet_id": {"references": ["aws_subnet.a", "count.index"]}}}]}}}}}
})";

class ReadPlan : public testing::Test {
 protected:
  const Configuration& read(std::string text) {
    FileId id = sources_.add("plan.json", std::move(text));
    plan_ = read_plan_file(sources_.file(id).text, id, 200);
    configuration_ = configuration_of_plan(*plan_, "plan.json");
    return configuration_;
  }

  const Resource& resource(std::string_view address) const {
    auto found = std::ranges::find(configuration_.resources, address, &Resource::address);
    EXPECT_NE(found, configuration_.resources.end()) << address;
    return *found;
  }

  std::string value(std::string_view address, std::string_view name) const {
    const Value& value = resource(address).body.member(name);
    return value.symbol() != nullptr ? to_text(*value.symbol()) : to_text(value);
  }

  Sources sources_;
  std::unique_ptr<PlanFile> plan_;
  Configuration configuration_;
};

TEST_F(ReadPlan, HasTheInstancesThatWillBeThere) {
  read(kPlan);
  std::vector<std::string_view> addresses;
  for (const Resource& resource : configuration_.resources) addresses.push_back(resource.address);
  EXPECT_EQ(addresses,
            (std::vector<std::string_view>{"aws_db_subnet_group.main", "aws_instance.one", "module.net.aws_subnet.a[0]",
                                           "module.net.aws_subnet.a[1]", "module.net.aws_route_table_association.a[1]",
                                           "module.net.aws_vpc.this"}));
  const Resource& subnet = resource("module.net.aws_subnet.a[1]");
  EXPECT_EQ(subnet.type, "aws_subnet");
  EXPECT_EQ(subnet.name, "a");
  EXPECT_EQ(subnet.scope, "module.net");
  EXPECT_EQ(subnet.provider, "");
  EXPECT_EQ(resource("aws_instance.one").provider, "aws.eu");
  EXPECT_EQ(sources_.text(subnet.header), R"("address": "module.net.aws_subnet.a[1]")");
}

TEST_F(ReadPlan, KnowsValuesAsTheyArePlanned) {
  read(kPlan);
  EXPECT_EQ(value("module.net.aws_subnet.a[1]", "cidr_block"), "\"10.0.1.0/24\"");
  EXPECT_EQ(value("module.net.aws_subnet.a[1]", "ipv6_native"), "true");
  EXPECT_EQ(value("module.net.aws_subnet.a[1]", "size"), "1.5");
  EXPECT_TRUE(resource("aws_db_subnet_group.main").body.member("description").is_absent());
  EXPECT_TRUE(resource("aws_db_subnet_group.main").body.member("arn").is_absent()) << "nobody configured it";
  EXPECT_TRUE(resource("aws_instance.one").body.member("key_name").is_absent()) << "the variable is null";
}

TEST_F(ReadPlan, FindsWhatUnknownValuesStandFor) {
  read(kPlan);
  EXPECT_EQ(value("module.net.aws_route_table_association.a[1]", "subnet_id"), "module.net.aws_subnet.a[1].id");
  EXPECT_EQ(value("aws_instance.one", "subnet_id"), "module.net.aws_subnet.a[1].id");
  const Value& ids = resource("aws_db_subnet_group.main").body.member("subnet_ids");
  ASSERT_EQ(ids.items().size(), 2u);
  EXPECT_EQ(to_text(*ids.items()[1].symbol()), "module.net.aws_subnet.a[1].id");
  EXPECT_EQ(value("module.net.aws_subnet.a[0]", "vpc_id"), "module.net.aws_vpc.this.id") << "there is just one";
}

TEST_F(ReadPlan, DoesNotPrintWhatIsSensitive) {
  read(kPlan);
  EXPECT_EQ(value("aws_instance.one", "user_data"), "(sensitive)");
}

TEST_F(ReadPlan, SaysWhatIsWrong) {
  EXPECT_EQ(read("{\"format_version\": \"1.2\"}").diagnostics.size(), 1u);
  EXPECT_EQ(read("{\"format_version\": \"9.0\", \"planned_values\": {\"root_module\": {}}}").diagnostics.size(), 1u);
  EXPECT_EQ(read("{\"format_version\": ").diagnostics.size(), 1u);
  EXPECT_EQ(read(std::string(100'000, '[')).diagnostics.size(), 1u);
}

// Whatever is cut off, replaced or of another type: no crash.
TEST_F(ReadPlan, SurvivesBrokenPlans) {
  std::mt19937 random(1);
  const std::string whole = kPlan;
  const std::vector<std::string> bits = {"null", "[]", "{}", "1", "\"\"", "true", "\"a[\"", "[[]]"};
  for (int round = 0; round < 400; ++round) {
    std::string text = whole;
    for (int i = 0; i < 3; ++i) {
      std::size_t colon = text.find(':', random() % text.size());
      if (colon == text.npos) continue;
      std::size_t end = text.find_first_of(",}]\n", colon);
      if (end != text.npos) text.replace(colon + 1, end - colon - 1, bits[random() % bits.size()]);
    }
    if (round % 4 == 0) text.resize(random() % text.size());
    read(text);
  }
}

TEST(Plan, IsKnownByItsBeginning) {
  EXPECT_TRUE(looks_like_plan(kPlan));
  EXPECT_FALSE(looks_like_plan("{\"Resources\": {}}"));
  EXPECT_FALSE(looks_like_plan("{\"format_version\": \"1.0\", \"terraform_version\": \"1.1\", \"values\": {}}"))
      << "a state";
  EXPECT_FALSE(looks_like_plan(""));
}

TEST(Plan, IsARootOfItsOwn) {
  auto files = memory_file_system({{"a/plan.json", kPlan}, {"a/package.json", "{\"name\": \"x\"}"}});
  Sources sources;
  TerraformWorkspace workspace(*files, sources, std::vector<std::string>{"a"}, ".", {});
  EXPECT_EQ(workspace.roots(), (std::vector<std::string>{"a/plan.json"}));
  EXPECT_EQ(workspace.evaluate("a/plan.json", {}).resources.size(), 6u);
}

constexpr const char* kEachPlan = R"({
"format_version": "1.2", "terraform_version": "1.11.4",
"planned_values": {"root_module": {"resources": [
  {"address": "aws_subnet.a[\"x\"]", "mode": "managed", "type": "aws_subnet", "name": "a", "index": "x", "values": {}},
  {"address": "aws_subnet.a[\"y\"]", "mode": "managed", "type": "aws_subnet", "name": "a", "index": "y", "values": {}},
  {"address": "aws_nat_gateway.n[0]", "mode": "managed", "type": "aws_nat_gateway", "name": "n", "index": 0, "values": {}},
  {"address": "aws_nat_gateway.n[1]", "mode": "managed", "type": "aws_nat_gateway", "name": "n", "index": 1, "values": {}},
  {"address": "aws_instance.i[\"y\"]", "mode": "managed", "type": "aws_instance", "name": "i", "index": "y",
   "values": {"tags": {}}},
  {"address": "aws_route_table.t[1]", "mode": "managed", "type": "aws_route_table", "name": "t", "index": 1,
   "values": {"route": [{"cidr_block": "0.0.0.0/0"}]}}]}},
"resource_changes": [
  {"address": "aws_instance.i[\"y\"]", "change": {"after_unknown": {"subnet_id": true, "vpc_security_group_ids": true}}},
  {"address": "aws_route_table.t[1]", "change": {"after_unknown": {"route": [{"nat_gateway_id": true}]}}}],
"configuration": {"root_module": {"resources": [
  {"address": "aws_subnet.a", "expressions": {}},
  {"address": "aws_nat_gateway.n", "expressions": {}},
  {"address": "aws_instance.i", "for_each_expression": {"references": ["aws_subnet.a"]},
   "expressions": {"subnet_id": {"references": ["each.value.id", "each.value"]},
                   "vpc_security_group_ids": {"references": ["each.value.vpc_id", "each.value"]}}},
  {"address": "aws_route_table.t",
   "expressions": {"route": {"references": ["aws_nat_gateway.n", "local.nat_of", "count.index"]}}}]}}
})";

TEST_F(ReadPlan, FollowsTheValueOfAForEach) {
  read(kEachPlan);
  EXPECT_EQ(value("aws_instance.i[\"y\"]", "subnet_id"), "aws_subnet.a[\"y\"].id");
  // A set of one.
  const Value& groups = resource("aws_instance.i[\"y\"]").body.member("vpc_security_group_ids");
  ASSERT_TRUE(groups.is(ValueKind::kList));
  EXPECT_EQ(groups.items().size(), 1u);
  EXPECT_TRUE(resource("aws_instance.i[\"y\"]").body.member("tags").is_absent());
}

TEST_F(ReadPlan, DoesNotGuessWhatALocalChooses) {
  read(kEachPlan);
  const Value& routes = resource("aws_route_table.t[1]").body.member("route");
  ASSERT_EQ(routes.items().size(), 1u);
  const Value& gateway = routes.items()[0].member("nat_gateway_id");
  EXPECT_TRUE(gateway.is_unknown());
  EXPECT_EQ(gateway.symbol(), nullptr);
}

}  // namespace
}  // namespace halint

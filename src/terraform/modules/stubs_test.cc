// Stubs: which call gets one, and where their resources are placed.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/stubs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "terraform/read_terraform.h"

namespace halint {
namespace {

constexpr const char* kCall = R"(module "vpc" {
  source             = "terraform-aws-modules/vpc/aws"
  version            = "~> 5.0"
  azs                = ["eu-west-1a", "eu-west-1b"]
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets     = ["10.0.3.0/24", "10.0.4.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = var.single
}
variable "single" { type = bool }
output "subnets" { value = module.vpc.private_subnets }
output "other" { value = module.vpc.vgw_id }
)";

class StubTest : public testing::Test {
 protected:
  Configuration evaluate(std::map<std::string, std::string> texts) {
    files_ = memory_file_system(std::move(texts));
    workspace_ = std::make_unique<TerraformWorkspace>(*files_, sources_, std::vector<std::string>{"."}, ".",
                                                      TerraformLimits(), 1);
    return workspace_->evaluate(".", TerraformOptions());
  }

  const Resource* find(const Configuration& configuration, std::string_view address) {
    auto found = std::ranges::find(configuration.resources, address, &Resource::address);
    return found == configuration.resources.end() ? nullptr : &*found;
  }

  std::string text(const Span& span) { return std::string(sources_.text(span)); }

  Sources sources_;
  std::unique_ptr<FileSystem> files_;
  std::unique_ptr<TerraformWorkspace> workspace_;
};

TEST_F(StubTest, StandsInForAModuleThatIsNotInstalled) {
  Configuration configuration = evaluate({{"main.tf", kCall}, {"terraform.tfvars", "single = true\n"}});
  EXPECT_TRUE(configuration.opaque.empty());
  EXPECT_TRUE(configuration.diagnostics.empty());
  EXPECT_NE(find(configuration, "module.vpc.aws_nat_gateway.this[0]"), nullptr);
  EXPECT_EQ(find(configuration, "module.vpc.aws_nat_gateway.this[1]"), nullptr) << "single = true makes one";
}

TEST_F(StubTest, InputsDecideAsInTheModule) {
  Configuration configuration = evaluate({{"main.tf", kCall}, {"terraform.tfvars", "single = false\n"}});
  EXPECT_NE(find(configuration, "module.vpc.aws_nat_gateway.this[1]"), nullptr);
}

TEST_F(StubTest, PlacesLieInTheCall) {
  Configuration configuration = evaluate({{"main.tf", kCall}, {"terraform.tfvars", "single = true\n"}});
  for (const Resource& resource : configuration.resources) {
    EXPECT_EQ(sources_.path(resource.header.file), "main.tf") << resource.address;
    EXPECT_TRUE(resource.body.member("halint_at").is_absent()) << resource.address;
    for (const Member& member : resource.body.members()) {
      EXPECT_EQ(sources_.path(member.span.file), "main.tf") << resource.address << " " << member.key;
    }
  }
  EXPECT_EQ(text(find(configuration, "module.vpc.aws_nat_gateway.this[0]")->header), "single_nat_gateway = var.single");
  EXPECT_EQ(text(find(configuration, "module.vpc.aws_internet_gateway.this[0]")->header), "module \"vpc\"");
}

TEST_F(StubTest, OutputsLeadToResourcesAndUndescribedOnesNowhere) {
  Configuration configuration = evaluate({{"main.tf", kCall}, {"terraform.tfvars", "single = true\n"}});
  const auto output = [&](std::string_view name) {
    return std::ranges::find(configuration.outputs, name, &Member::key)->value;
  };
  ASSERT_TRUE(output("subnets").is(ValueKind::kList));
  ASSERT_EQ(output("subnets").items().size(), 2u);
  EXPECT_EQ(to_text(output("subnets").items()[1]), "module.vpc.aws_subnet.private[1].id");
  ASSERT_TRUE(output("other").is_unknown());
  EXPECT_EQ(output("other").why().reason, UnknownReason::kExternal);
}

TEST_F(StubTest, AnInstalledModuleComesFirst) {
  Configuration configuration =
      evaluate({{"main.tf", "module \"vpc\" { source = \"terraform-aws-modules/vpc/aws\" }\n"},
                {".terraform/modules/modules.json", R"({"Modules":[{"Key":"vpc","Dir":".terraform/modules/vpc"}]})"},
                {".terraform/modules/vpc/main.tf", "resource \"aws_vpc\" \"own\" { cidr_block = \"10.0.0.0/16\" }\n"}});
  ASSERT_EQ(configuration.resources.size(), 1u);
  EXPECT_EQ(configuration.resources[0].address, "module.vpc.aws_vpc.own");
}

TEST_F(StubTest, FoldersOfAStubAreEntered) {
  Configuration configuration = evaluate({{"main.tf", R"(module "db" {
  source                 = "terraform-aws-modules/rds/aws"
  identifier             = "orders"
  engine                 = "mysql"
  multi_az               = false
  publicly_accessible    = true
  create_db_subnet_group = true
  subnet_ids             = ["subnet-1", "subnet-2"]
}
)"}});
  EXPECT_TRUE(configuration.opaque.empty());
  EXPECT_TRUE(configuration.diagnostics.empty());
  const Resource* instance = find(configuration, "module.db.module.db_instance.aws_db_instance.this[0]");
  ASSERT_NE(instance, nullptr);
  EXPECT_EQ(to_text(instance->body.member("engine")), "\"mysql\"");
  EXPECT_EQ(to_text(instance->body.member("db_subnet_group_name")),
            "module.db.module.db_subnet_group.aws_db_subnet_group.this[0].id");
  // An input that goes through the calls of the stub leads to the user's own line.
  EXPECT_EQ(text(instance->header), "multi_az               = false");
  ASSERT_EQ(instance->via.size(), 1u);
  EXPECT_EQ(text(instance->via[0]), "module \"db\"");
  for (const Member& member : instance->body.members()) {
    EXPECT_EQ(sources_.path(member.span.file), "main.tf") << member.key;
  }
  const auto is_public = std::ranges::find(instance->body.members(), "publicly_accessible", &Member::key);
  ASSERT_NE(is_public, instance->body.members().end());
  EXPECT_EQ(text(is_public->span), "publicly_accessible    = true");
}

TEST_F(StubTest, TheVersionChoosesTheDescription) {
  // Up to version 3 the module makes a subnet group unless it is told not to.
  const auto makes_group = [&](std::string_view version) {
    Configuration configuration =
        evaluate({{"main.tf", "module \"db\" {\n  source = \"terraform-aws-modules/rds/aws\"\n" + std::string(version) +
                                  "  identifier = \"orders\"\n  engine = \"mysql\"\n}\n"}});
    return find(configuration, "module.db.module.db_subnet_group.aws_db_subnet_group.this[0]") != nullptr;
  };
  for (std::string_view old :
       {"3.5.0", "~> 3.4", "= 3.0", "2.35.0", "0.9", "< 4.0", "<= 3.9", ">= 2.0, < 4.0.0", "~> 3.0, != 3.1.0"}) {
    EXPECT_TRUE(makes_group("  version = \"" + std::string(old) + "\"\n")) << old;
  }
  EXPECT_FALSE(makes_group(""));
  for (std::string_view newer : {"4.0.0", "~> 6.1", ">= 3.0", "> 2.0", ">= 3.0, < 5.0", "< 4.1", "<= 4.0", "!= 3.0"}) {
    EXPECT_FALSE(makes_group("  version = \"" + std::string(newer) + "\"\n")) << newer;
  }
}

TEST_F(StubTest, VersionsThatAreNotDescribedStayOpaque) {
  const auto opaque = [&](std::string_view version) {
    return evaluate(
               {{"main.tf", "module \"m\" {\n  source  = \"terraform-aws-modules/rds-aurora/aws\"\n  version = \"" +
                                std::string(version) + "\"\n}\n"}})
        .opaque.size();
  };
  EXPECT_EQ(opaque("~> 7.7"), 1u);
  EXPECT_EQ(opaque("~> 8.0"), 0u);
}

TEST_F(StubTest, ASubmoduleHasADescriptionOfItsOwn) {
  Configuration configuration = evaluate({{"main.tf", R"(module "ssh" {
  source              = "registry.terraform.io/terraform-aws-modules/security-group/aws//modules/ssh"
  version             = "~> 5.0"
  name                = "bastion"
  ingress_cidr_blocks = ["192.0.2.0/24"]
}
output "group" { value = module.ssh.security_group_id }
)"}});
  EXPECT_TRUE(configuration.opaque.empty());
  EXPECT_TRUE(configuration.diagnostics.empty());
  const Resource* rule = find(configuration, "module.ssh.module.sg.aws_security_group_rule.ingress_rules[0]");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(to_text(rule->body.member("from_port")), "22");
  for (const Member& member : rule->body.members()) {
    if (member.key != "cidr_blocks") continue;
    EXPECT_EQ(text(member.span), "ingress_cidr_blocks = [\"192.0.2.0/24\"]");
  }
  // What all submodules of the module have in common.
  EXPECT_NE(find(configuration, "module.ssh.module.sg.aws_security_group_rule.ingress_with_self[0]"), nullptr);
  ASSERT_EQ(configuration.outputs.size(), 1u);
  EXPECT_EQ(to_text(configuration.outputs[0].value), "module.ssh.module.sg.aws_security_group.this_name_prefix[0].id");
}

TEST_F(StubTest, ASubmoduleThatIsGoneMeansAnOlderModule) {
  const auto makes_record = [&](std::string_view version) {
    Configuration configuration = evaluate(
        {{"main.tf", "module \"names\" {\n  source = \"terraform-aws-modules/route53/aws//modules/records\"\n" +
                         std::string(version) +
                         "  zone_id = \"Z1\"\n  records = [{ name = \"www\", type = \"A\" }]\n}\n"}});
    EXPECT_EQ(configuration.opaque.size(), configuration.resources.empty() ? 1u : 0u) << version;
    return find(configuration, "module.names.aws_route53_record.this[\"www A\"]") != nullptr;
  };
  EXPECT_TRUE(makes_record(""));
  EXPECT_TRUE(makes_record("  version = \"~> 2.11\"\n"));
  EXPECT_TRUE(makes_record("  version = \"5.0.0\"\n"));
  EXPECT_FALSE(makes_record("  version = \"~> 6.0\"\n"));
}

TEST_F(StubTest, AnOverrideFileChangesTheDescriptionOfNewerVersions) {
  const auto gives_addresses = [&](std::string_view version) {
    Configuration configuration =
        evaluate({{"main.tf", "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n  version = \"" +
                                  std::string(version) +
                                  "\"\n  azs = [\"eu-west-1a\"]\n  public_subnets = [\"10.0.3.0/24\"]\n}\n"}});
    const Resource* subnet = find(configuration, "module.vpc.aws_subnet.public[0]");
    return subnet == nullptr ? "no subnet" : to_text(subnet->body.member("map_public_ip_on_launch"));
  };
  EXPECT_EQ(gives_addresses("~> 5.0"), "false");
  EXPECT_EQ(gives_addresses("~> 4.0"), "false");
  EXPECT_EQ(gives_addresses("~> 3.0"), "true");
  EXPECT_EQ(gives_addresses("3.19.0"), "true");
}

// Version 6 changes version 7, which changes the newest: what both say holds.
TEST_F(StubTest, ChangesAddUp) {
  const auto evaluate_group = [&](std::string_view version) {
    return evaluate(
        {{"main.tf", "module \"web\" {\n  source = \"terraform-aws-modules/autoscaling/aws\"\n  version = \"" +
                         std::string(version) + R"("
  name                       = "web"
  create_launch_template     = false
  launch_template            = "by-name"
  launch_template_id         = "lt-0a"
  target_group_arns          = ["arn:old"]
  traffic_source_attachments = { new = { traffic_source_identifier = "arn:new" } }
}
)"}});
  };
  const auto group = [&](const Configuration& configuration, std::string_view name) {
    const Resource* found = find(configuration, "module.web.aws_autoscaling_group.this[0]");
    return found == nullptr ? "no group" : to_text(found->body.member(name));
  };
  const std::string attachment = "module.web.aws_autoscaling_traffic_source_attachment.this[\"new\"]";
  Configuration six = evaluate_group("~> 6.10");
  EXPECT_NE(group(six, "launch_template").find("by-name"), std::string::npos);
  EXPECT_EQ(group(six, "target_group_arns"), "[\"arn:old\"]");
  EXPECT_EQ(find(six, attachment), nullptr);
  Configuration seven = evaluate_group("~> 7.0");
  EXPECT_NE(group(seven, "launch_template").find("lt-0a"), std::string::npos);
  EXPECT_EQ(group(seven, "target_group_arns"), "[\"arn:old\"]");
  Configuration nine = evaluate_group("~> 9.0");
  EXPECT_NE(group(nine, "launch_template").find("lt-0a"), std::string::npos);
  EXPECT_EQ(group(nine, "target_group_arns"), "null");
  EXPECT_NE(find(nine, attachment), nullptr);
}

TEST_F(StubTest, OtherSourcesStayOpaque) {
  for (std::string_view source : {"terraform-aws-modules/vpc/aws//modules/vpc-endpoints",
                                  "terraform-aws-modules/vpc/aws//", "example.com/terraform-aws-modules/vpc/aws",
                                  "terraform-aws-modules/vpc/aws//modules/../../../security-group/aws",
                                  "git::https://example.com/vpc.git", "terraform-aws-modules/s3-bucket/aws"}) {
    Configuration configuration =
        evaluate({{"main.tf", "module \"m\" { source = \"" + std::string(source) + "\" }\n"}});
    EXPECT_EQ(configuration.opaque.size(), 1u) << source;
    EXPECT_TRUE(configuration.resources.empty()) << source;
  }
}

}  // namespace
}  // namespace halint

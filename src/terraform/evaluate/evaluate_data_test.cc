// Data sources: what they say without AWS, and what other roots say through their states.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

// `expression` below `declarations`.
Value value_of(const std::string& expression, const std::string& declarations) {
  static std::vector<std::unique_ptr<Evaluated>> kept;  // Values live as long as what made them.
  kept.push_back(std::make_unique<Evaluated>(declarations + "\nresource \"r\" \"a\" { x = " + expression + " }\n"));
  return kept.back()->value("r.a", "x");
}

std::string text_of(const std::string& expression, const std::string& declarations) {
  Value value = value_of(expression, declarations);
  return value.is(ValueKind::kString) ? std::string(value.as_string()) : to_text(value);
}

TEST(DataSources, ARegionHasAPartition) {
  const std::string china =
      "provider \"aws\" { region = \"cn-north-1\" }\ndata \"aws_partition\" \"p\" {}\ndata \"aws_region\" \"r\" {}\n";
  EXPECT_EQ(text_of("data.aws_partition.p.partition", china), "aws-cn");
  EXPECT_EQ(text_of("data.aws_partition.p.dns_suffix", china), "amazonaws.com.cn");
  EXPECT_EQ(text_of("data.aws_region.r.endpoint", china), "ec2.cn-north-1.amazonaws.com.cn");
  const std::string nowhere = "data \"aws_partition\" \"p\" {}\n";
  EXPECT_EQ(text_of("data.aws_partition.p.partition", nowhere), "data.aws_partition.p.partition");
}

TEST(DataSources, ARegionCanBeTheDataSourcesOwn) {
  EXPECT_EQ(
      text_of("data.aws_region.r.name",
              "provider \"aws\" { region = \"eu-west-1\" }\ndata \"aws_region\" \"r\" { region = \"us-east-1\" }"),
      "us-east-1");
}

TEST(DataSources, ZonesThatAreAskedForByNameAreKnown) {
  const std::string ask = R"(
data "aws_availability_zones" "z" {
  exclude_names = ["us-east-1c"]
  filter {
    name   = "zone-name"
    values = ["us-east-1c", "us-east-1b", "us-east-1a"]
  }
}
)";
  EXPECT_EQ(text_of("data.aws_availability_zones.z.names", ask), "[\"us-east-1a\", \"us-east-1b\"]");
  const std::string pattern =
      "data \"aws_availability_zones\" \"z\" {\n  filter {\n    name = \"zone-name\"\n    values = [\"us-*\"]\n  "
      "}\n}\n";
  EXPECT_TRUE(value_of("data.aws_availability_zones.z.names", pattern).is_unknown());
}

TEST(DataSources, ARegionHasTwoZonesAtLeast) {
  const std::string ask = "data \"aws_availability_zones\" \"z\" { state = \"available\" }\n";
  EXPECT_EQ(text_of("length(data.aws_availability_zones.z.names) >= 2", ask), "true");
  Value number = value_of("min(3, length(data.aws_availability_zones.z.names))", ask);
  ASSERT_TRUE(number.is(ValueKind::kInterval));
  EXPECT_EQ(number.bounds().lower, 2);
  EXPECT_EQ(number.bounds().upper, 3);
  ASSERT_NE(number.bounds().why, nullptr);
  EXPECT_EQ(number.bounds().why->reason, UnknownReason::kData);
  for (std::string less : {"exclude_names = [\"a\", \"b\"]", "state = \"impaired\"",
                           "filter {\n    name = \"group-name\"\n    values = [\"x\"]\n  }"}) {
    Value number = value_of("length(data.aws_availability_zones.z.names)",
                            "data \"aws_availability_zones\" \"z\" {\n  " + less + "\n}\n");
    ASSERT_TRUE(number.is(ValueKind::kInterval)) << less;
    EXPECT_EQ(number.bounds().lower, 0) << less;
  }
}

TEST(DataSources, WhatIsMadeHereIsReadThrough) {
  const std::string lookup =
      "resource \"aws_subnet\" \"a\" { availability_zone = \"eu-west-1a\" }\n"
      "data \"aws_subnet\" \"a\" { id = aws_subnet.a.id }\n";
  EXPECT_EQ(text_of("data.aws_subnet.a.availability_zone", lookup), "eu-west-1a");
  EXPECT_EQ(text_of("data.aws_subnet.a.id", lookup), "aws_subnet.a.id");
  EXPECT_EQ(text_of("data.aws_subnet.a.cidr_block", lookup), "data.aws_subnet.a.cidr_block");
}

TEST(DataSources, WhatSomethingIsLookedUpByItHas) {
  Evaluated result(R"(
resource "aws_vpc" "main" {}
data "aws_subnet" "a" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
  filter {
    name   = "availability-zone"
    values = ["eu-west-1a"]
  }
  filter {
    name   = "tag:Name"
    values = ["private-a"]
  }
  filter {
    name   = "cidr-block"
    values = ["10.0.*"]
  }
}
resource "r" "a" {
  zone = data.aws_subnet.a.availability_zone
  name = data.aws_subnet.a.tags["Name"]
  cidr = data.aws_subnet.a.cidr_block
}
)");
  EXPECT_EQ(result.at("data.aws_subnet.a", "vpc_id"), "aws_vpc.main.id");
  EXPECT_EQ(result.at("r.a", "zone"), "\"eu-west-1a\"");
  EXPECT_EQ(result.at("r.a", "name"), "\"private-a\"");
  EXPECT_EQ(result.at("r.a", "cidr"), "data.aws_subnet.a.cidr_block");
}

TEST(DataSources, APolicyDocumentIsWrittenAsTheProviderDoes) {
  const std::string document = R"(
data "aws_iam_policy_document" "d" {
  policy_id = "p"
  statement {
    sid       = "List"
    actions   = ["s3:GetBucketLocation", "s3:ListAllMyBuckets"]
    resources = ["arn:aws:s3:::&{aws:username}"]
  }
  statement {
    effect  = "Deny"
    actions = ["s3:*"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["a", "b"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["home/", "<x>"]
    }
  }
}
)";
  EXPECT_EQ(text_of("data.aws_iam_policy_document.d.json", document), R"({
  "Version": "2012-10-17",
  "Id": "p",
  "Statement": [
    {
      "Sid": "List",
      "Effect": "Allow",
      "Action": [
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation"
      ],
      "Resource": "arn:aws:s3:::${aws:username}"
    },
    {
      "Effect": "Deny",
      "Action": "s3:*",
      "Principal": {
        "AWS": [
          "b",
          "a"
        ],
        "Service": "ec2.amazonaws.com"
      },
      "Condition": {
        "StringLike": {
          "s3:prefix": [
            "home/",
            "\u003cx\u003e"
          ]
        }
      }
    }
  ]
})");
  EXPECT_EQ(text_of("jsondecode(data.aws_iam_policy_document.d.minified_json).Statement[0].Sid", document), "List");
}

TEST(DataSources, EveryoneIsAStar) {
  EXPECT_EQ(text_of("data.aws_iam_policy_document.d.minified_json", R"(
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["x"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
)"),
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"x","Principal":"*"}]})");
}

TEST(DataSources, APolicyWithAGapSaysWhatIsMissing) {
  Value json = value_of("data.aws_iam_policy_document.d.json",
                        "variable \"who\" {}\ndata \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = "
                        "[var.who]\n  }\n}\n");
  ASSERT_TRUE(json.is_unknown());
  EXPECT_EQ(json.why().reason, UnknownReason::kVariable);
  EXPECT_EQ(json.why().decide, "--var who");
  Value merged = value_of("data.aws_iam_policy_document.d.json",
                          "data \"aws_iam_policy_document\" \"d\" { source_policy_documents = [\"{}\"] }\n");
  EXPECT_TRUE(merged.is_unknown());
}

TEST(DataSources, ATemplateFileIsRendered) {
  EXPECT_EQ(text_of("data.template_file.t.rendered",
                    "data \"template_file\" \"t\" {\n  template = \"port=$${port}\"\n  vars = { port = 80 }\n}\n"),
            "port=80");
}

const std::string kNetwork = R"(
variable "zone" { default = "eu-west-1a" }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = var.zone
}
output "vpc" { value = aws_vpc.main }
output "subnets" { value = [aws_subnet.a.id] }
output "port" { value = 5432 }
output "workspace" { value = terraform.workspace }
)";

std::string reads(const std::string& arguments) {
  return "data \"terraform_remote_state\" \"n\" {\n" + arguments +
         "\n}\nresource \"aws_vpc\" \"main\" {}\nresource \"r\" \"a\" {\n"
         "  port    = data.terraform_remote_state.n.outputs.port\n"
         "  cidr    = data.terraform_remote_state.n.outputs.vpc.cidr_block\n"
         "  subnets = data.terraform_remote_state.n.outputs.subnets\n"
         "  space   = data.terraform_remote_state.n.outputs.workspace\n}\n";
}

TEST(RemoteState, ALocalStateIsTheRootThatKeepsItThere) {
  Evaluated app(
      {{"network/main.tf", kNetwork},
       {"app/main.tf", reads("  backend = \"local\"\n  config = { path = \"../network/terraform.tfstate\" }")}},
      {}, "app");
  EXPECT_EQ(app.at("r.a", "port"), "5432");
  EXPECT_EQ(app.at("r.a", "cidr"), "\"10.0.0.0/16\"");
  EXPECT_EQ(app.at("r.a", "subnets"), "[network#aws_subnet.a.id]");
  // What the outputs lead to is known as if it had been looked up, and no namesake of ours.
  EXPECT_EQ(app.at("network#aws_subnet.a", "availability_zone"), "\"eu-west-1a\"");
  EXPECT_EQ(app.at("network#aws_subnet.a", "vpc_id"), "network#aws_vpc.main.id");
  EXPECT_EQ(app.at("network#aws_vpc.main", "cidr_block"), "\"10.0.0.0/16\"");
  EXPECT_EQ(app.addresses(), (Texts{"aws_vpc.main", "r.a"}));
}

TEST(RemoteState, ARootBesideThePathsIsReadForIt) {
  auto files = memory_file_system(
      {{"network/main.tf", kNetwork},
       {"app/main.tf",
        reads("  backend = \"local\"\n  config = { path = \"${path.module}/../network/terraform.tfstate\" }")}});
  Sources sources;
  TerraformWorkspace workspace(*files, sources, Texts{"app"}, ".", {}, 1);
  EXPECT_EQ(workspace.roots(), Texts{"app"});
  Configuration app = workspace.evaluate("app", {});
  std::size_t foreign = 0;
  for (const Resource& resource : app.resources) foreign += resource.address.starts_with("network#") ? 1 : 0;
  EXPECT_EQ(foreign, 2u);
}

TEST(RemoteState, BackendsNameTheirFile) {
  std::string backend = "terraform {\n  backend \"local\" { path = \"../states/net.tfstate\" }\n}\n";
  Evaluated app({{"network/main.tf", backend + kNetwork},
                 {"app/main.tf", reads("  backend = \"local\"\n  config = { path = \"../states/net.tfstate\" }")}},
                {}, "app");
  EXPECT_EQ(app.at("r.a", "port"), "5432");
}

TEST(RemoteState, WorkspacesHaveStatesOfTheirOwn) {
  for (std::string arguments :
       {"  workspace = \"prod\"\n  config = { path = \"../network/terraform.tfstate\" }",
        "  config = { path = \"../network/terraform.tfstate.d/prod/terraform.tfstate\" }",
        "  workspace = \"prod\"\n  config = { workspace_dir = \"../network/terraform.tfstate.d\" }"}) {
    Evaluated app({{"network/main.tf", kNetwork}, {"app/main.tf", reads("  backend = \"local\"\n" + arguments)}}, {},
                  "app");
    EXPECT_EQ(app.at("r.a", "space"), "\"prod\"") << arguments;
  }
}

TEST(RemoteState, BucketAndKeyNameOneRoot) {
  std::string backend = "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n    key = \"n\"\n  }\n}\n";
  std::string ask =
      reads("  backend = \"s3\"\n  config = {\n    bucket = \"b\"\n    key = \"n\"\n    region = \"r\"\n  }");
  Evaluated one({{"network/main.tf", backend + kNetwork}, {"app/main.tf", ask}}, {}, "app");
  EXPECT_EQ(one.at("r.a", "port"), "5432");
  Evaluated two({{"x/main.tf", backend + kNetwork}, {"y/main.tf", backend + kNetwork}, {"app/main.tf", ask}}, {},
                "app");
  EXPECT_TRUE(two.value("r.a", "port").is_unknown());
}

TEST(RemoteState, AStateThatIsNotHereIsExternal) {
  Evaluated app(
      {{"app/main.tf", reads("  backend = \"local\"\n  config = { path = \"../network/terraform.tfstate\" }")}}, {},
      "app");
  ASSERT_TRUE(app.value("r.a", "port").is_unknown());
  EXPECT_EQ(app.value("r.a", "port").why().reason, UnknownReason::kExternal);
  EXPECT_EQ(to_text(*app.value("r.a", "port").symbol()), "data.terraform_remote_state.n.outputs.port");
}

TEST(RemoteState, DefaultsStandInForOutputs) {
  Evaluated app({{"network/main.tf", kNetwork},
                 {"app/main.tf",
                  "data \"terraform_remote_state\" \"n\" {\n  backend = \"local\"\n  config = { path = "
                  "\"../network/terraform.tfstate\" }\n  defaults = { port = 1, more = 2 }\n}\nresource \"r\" \"a\" {\n"
                  "  x = data.terraform_remote_state.n.outputs.port\n  y = "
                  "data.terraform_remote_state.n.outputs.more\n}\n"}},
                {}, "app");
  EXPECT_EQ(app.at("r.a", "x"), "5432");
  EXPECT_EQ(app.at("r.a", "y"), "2");
}

TEST(RemoteState, RootsThatReadEachOtherEnd) {
  auto root = [](const std::string& other) {
    return "data \"terraform_remote_state\" \"o\" {\n  backend = \"local\"\n  config = { path = \"../" + other +
           "/terraform.tfstate\" }\n}\noutput \"x\" { value = data.terraform_remote_state.o.outputs.x }\n"
           "resource \"r\" \"a\" { x = data.terraform_remote_state.o.outputs.x }\n";
  };
  Evaluated a({{"a/main.tf", root("b")}, {"b/main.tf", root("a")}}, {}, "a");
  EXPECT_TRUE(a.value("r.a", "x").is_unknown());
}

TEST(RemoteState, ManyRootsInARowAreReadOnceEach) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 40; ++i) {
    std::string text = "output \"x\" { value = ";
    if (i == 39) {
      text += "7 }\n";
    } else {
      text += "data.terraform_remote_state.a.outputs.x + data.terraform_remote_state.b.outputs.x }\n";
      for (const char* name : {"a", "b"}) {
        text += std::string("data \"terraform_remote_state\" \"") + name +
                "\" {\n  backend = \"local\"\n  config = { path = \"../r" + std::to_string(i + 1) +
                "/terraform.tfstate\" }\n}\n";
      }
    }
    if (i == 0) text += "resource \"r\" \"a\" { x = data.terraform_remote_state.a.outputs.x }\n";
    files["r" + std::to_string(i) + "/main.tf"] = text;
  }
  Evaluated first(files, {}, "r0");
  EXPECT_EQ(first.value("r.a", "x").as_number(), 7.0 * 274877906944.0);  // 7 * 2^38
}

}  // namespace
}  // namespace halint

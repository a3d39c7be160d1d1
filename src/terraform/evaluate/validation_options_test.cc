// Records that validate a certificate are counted by its names, which are known before apply.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

const std::string kRecords = R"(
resource "aws_route53_record" "check" {
  for_each = { for o in aws_acm_certificate.web.domain_validation_options : o.domain_name => o.resource_record_name }
  name     = each.value
}
)";

TEST(ValidationOptions, AreOneForEachName) {
  Evaluated found(R"(
resource "aws_acm_certificate" "web" {
  domain_name               = "example.com"
  subject_alternative_names = ["*.example.com", "example.com"]
  validation_method         = "DNS"
}
)" + kRecords);
  EXPECT_EQ(found.addresses(), (Texts{"aws_acm_certificate.web", "aws_route53_record.check[\"*.example.com\"]",
                                      "aws_route53_record.check[\"example.com\"]"}));
  EXPECT_TRUE(found.value("aws_route53_record.check[\"example.com\"]", "name").is_unknown());
}

TEST(ValidationOptions, AreOfUnknownNumberWhereANameIsUnknown) {
  Evaluated found(R"(
variable "others" { type = list(string) }
resource "aws_acm_certificate" "web" {
  domain_name               = "example.com"
  subject_alternative_names = var.others
  validation_method         = "DNS"
}
)" + kRecords);
  EXPECT_EQ(found.addresses(), (Texts{"aws_acm_certificate.web", "aws_route53_record.check[?]"}));
}

TEST(ValidationOptions, AreNotMadeForMail) {
  Evaluated found(R"(
resource "aws_acm_certificate" "web" {
  domain_name       = "example.com"
  validation_method = "EMAIL"
}
)" + kRecords);
  EXPECT_EQ(found.addresses(), (Texts{"aws_acm_certificate.web", "aws_route53_record.check[?]"}));
}

}  // namespace
}  // namespace halint

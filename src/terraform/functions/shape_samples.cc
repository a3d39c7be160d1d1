// All regions of AWS, and zones, ids and ARNs in them.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/shape_samples.h"

#include <algorithm>

#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::string_view kRegions[] = {
    "us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",      "af-south-1",     "ap-east-1",
    "ap-east-2",      "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-northeast-1", "ap-northeast-2",
    "ap-northeast-3", "ca-central-1",   "ca-west-1",      "eu-central-1",   "eu-central-2",   "eu-west-1",
    "eu-west-2",      "eu-west-3",      "eu-south-1",     "eu-south-2",     "eu-north-1",     "il-central-1",
    "mx-central-1",   "me-south-1",     "me-central-1",   "sa-east-1",      "cn-north-1",     "cn-northwest-1",
    "us-gov-east-1",  "us-gov-west-1",  "us-iso-east-1",  "us-iso-west-1",  "us-isob-east-1", "eu-isoe-west-1",
    "eusc-de-east-1",
};

constexpr std::string_view kZoneNames[] = {
    "us-east-1a",      "us-east-1f",      "us-east-2b",      "us-west-1c",       "us-west-2d",
    "af-south-1b",     "ap-east-1c",      "ap-east-2a",      "ap-south-1b",      "ap-south-2c",
    "ap-southeast-1a", "ap-southeast-2b", "ap-southeast-3c", "ap-southeast-4a",  "ap-southeast-5b",
    "ap-southeast-6a", "ap-southeast-7c", "ap-northeast-1d", "ap-northeast-2d",  "ap-northeast-3a",
    "ca-central-1b",   "ca-west-1c",      "eu-central-1a",   "eu-central-2b",    "eu-west-1c",
    "eu-west-2a",      "eu-west-3b",      "eu-south-1c",     "eu-south-2a",      "eu-north-1b",
    "il-central-1c",   "mx-central-1a",   "me-south-1b",     "me-central-1c",    "sa-east-1a",
    "cn-north-1b",     "cn-northwest-1c", "us-gov-east-1a",  "us-gov-west-1b",   "us-iso-east-1c",
    "us-iso-west-1a",  "us-isob-east-1b", "eu-isoe-west-1a", "us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1",
};

constexpr std::string_view kZoneIds[] = {
    "use1-az1", "use1-az6",  "use2-az2",  "usw1-az3",  "usw2-az4",  "afs1-az1",      "ape1-az2",
    "aps1-az3", "apse1-az1", "apse2-az2", "apne1-az4", "apne2-az2", "cac1-az1",      "euc1-az2",
    "euw1-az3", "euw2-az1",  "eun1-az2",  "eus1-az3",  "ilc1-az1",  "mes1-az2",      "mec1-az3",
    "sae1-az1", "cnn1-az2",  "cnnw1-az3", "usge1-az1", "usgw1-az2", "usw2-lax1-az1", "use1-wl1-bos-wlz1",
};

constexpr std::string_view kArns[] = {
    "arn:aws:s3:::bucket",
    "arn:aws:iam::123456789012:role/path/name",
    "arn:aws:sns:eu-west-1:210987654321:topic",
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
    "arn:aws-cn:rds:cn-north-1:123456789012:db:orders",
    "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/9f1c2a34-0000-4000-8000-5d7b6e8f9a0b",
    "arn:aws:lambda:ap-northeast-2:000000000000:function:f",
};

constexpr std::string_view kAccounts[] = {"123456789012", "000000000000", "999999999999", "210987654321"};

// The common part of two results: the same value, lists of one length, or nothing.
Value common_part(const Call& call, const Value& whole, const Value& a, const Value& b) {
  if (terraform_equal(a, b) == Truth::kTrue) return a;
  bool same_length = a.is(ValueKind::kList) && b.is(ValueKind::kList) && a.items().size() == b.items().size();
  if (!same_length) return whole;
  std::vector<Value> items;
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    bool same = terraform_equal(a.items()[i], b.items()[i]) == Truth::kTrue;
    items.push_back(
        same ? a.items()[i]
             : part_of_unknown(call.arena, whole, {Step::Kind::kIndex, {}, static_cast<std::int64_t>(i)}, {}));
  }
  return call.list(items);
}

}  // namespace

std::span<const std::string_view> samples_of(Shape shape) {
  switch (shape) {
    case Shape::kZoneName:
      return kZoneNames;
    case Shape::kZoneId:
      return kZoneIds;
    case Shape::kRegion:
      return kRegions;
    case Shape::kArn:
      return kArns;
    case Shape::kAccountId:
      return kAccounts;
    case Shape::kAny:
      break;
  }
  return {};
}

Value decide_by_shape(const Call& call, const Value& unknown,
                      const std::function<Value(std::string_view sample)>& result_for) {
  std::span<const std::string_view> samples =
      unknown.is_unknown() ? samples_of(unknown.why().shape) : std::span<const std::string_view>{};
  if (samples.empty()) return call.unknown();
  Value whole = call.unknown();
  Value common;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Value result = result_for(samples[i]);
    if (i == 0) {
      common = result;
      continue;
    }
    if (result.is_absent() != common.is_absent()) return whole;
    if (result.is_absent()) continue;
    common = common_part(call, whole, common, result);
    if (common.is_unknown()) return whole;
  }
  return common;
}

}  // namespace halint

// What a front end hands over: the resources of a configuration, expanded and evaluated, still in their format's words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/span.h"
#include "graph/value.h"

namespace halint {

enum class Format : std::uint8_t { kTerraform, kCloudFormation, kNginx };
// "terraform", "cloudformation", "nginx".
std::string_view name_of(Format format);

// `aws_subnet.a["x"]` -> `aws_subnet.a`.
std::string_view without_instance_key(std::string_view address);

// How many real things an instance stands for: {1, 1} for an ordinary one, {0, infinity} for the summary of an
// unknown `count` or `for_each`, {0, 1} for one whose condition is not known.
struct Multiplicity {
  static constexpr std::uint32_t kInfinite = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t least = 1;
  std::uint32_t most = 1;
  const Unknown* why = nullptr;  // Why it is not known; null where it is, or where nobody said.
  bool is_certain() const { return least >= 1; }
};

// One instance of a resource.
struct Resource {
  std::string_view address;  // "module.net.aws_subnet.public[0]"; "NatGatewayA". Unique in its configuration.
  std::string_view type;     // "aws_subnet"; "AWS::EC2::Subnet".
  std::string_view name;     // The label without key: "public"; the logical id.
  std::string_view scope;    // "module.net", "" for the root: the region where opaque modules may hide more.
  Format format = Format::kTerraform;
  bool is_data = false;  // Read, not made: a Terraform data source. Its node is external.
  Multiplicity multiplicity;
  Value body;                 // A map: attributes, and nested blocks as lists of maps.
  Span header;                // `resource "aws_subnet" "public"`, one line: what a finding underlines.
  Span whole;                 // The whole block.
  std::string_view provider;  // Identity of provider configuration and region: "", "aws.eu".
  std::vector<Span> via;      // Calls of modules, outermost first, that lead here.
};

// A part of the infrastructure that exists but was not read: absence of anything in its scope proves nothing.
struct Opaque {
  std::string_view address;  // "module.vpc", "NestedStack".
  std::string_view scope;    // The scope that it stands in: "" for the root.
  std::string source;        // "terraform-aws-modules/vpc/aws": tells what well-known modules make. May be empty.
  std::string reason;        // "module `terraform-aws-modules/vpc/aws` is not installed".
  Span span;
  Value inputs;  // What is passed to it, a map: only what is named there can be added to from inside.
                 // Absent: not known, so anything can.
};

// What decided how many instances a block has, or which branch an attribute took: an input, and where it was set.
struct Decision {
  std::string_view address;  // Of the block, without instance key: "module.net.aws_nat_gateway.this", "module.net".
  Span where;                // The attribute or dynamic block that it decided. Not known: `count` or `for_each`.
  Span origin;               // `true` in prod.tfvars.
  std::string_view text;     // "`single_nat_gateway` is true".
};

// What a world takes an input without value for.
struct WorldInput {
  std::string input;  // "Environment"
  std::string text;   // "`Environment` is dev"
};

// Everything of one root: a Terraform root module with its child modules, a stack with its nested stacks.
// Values point into `arena`; spans point into the Sources that the run owns.
struct Configuration {
  std::string root;  // The directory or template, relative to the workspace.
  Format format = Format::kTerraform;
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
  std::vector<Resource> resources;
  std::vector<Opaque> opaque;
  std::vector<Member> outputs;      // Of the root: what may be used from outside the workspace.
  std::vector<Decision> decisions;  // Sorted by address.
  std::vector<WorldInput> world;    // CloudFormation: in which case this is so. Empty: in all.
  std::vector<Diagnostic> diagnostics;
  std::vector<FileId> files;  // Everything that was read for it.
};

}  // namespace halint

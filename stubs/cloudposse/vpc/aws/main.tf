# What cloudposse/vpc/aws makes, as far as rules look: a VPC with its gateways, and what AWS makes with it, emptied.
# halint's own words, after the module's documentation; versions 2 and 3. Left out: network ACLs.

variable "ipv4_primary_cidr_block" { default = null }
variable "ipv4_primary_cidr_block_association" { default = null }
variable "ipv4_additional_cidr_block_associations" { default = {} }
variable "assign_generated_ipv6_cidr_block" { default = true }
variable "ipv6_primary_cidr_block_association" { default = null }
variable "instance_tenancy" { default = "default" }
variable "default_security_group_deny_all" { default = true }
variable "default_route_table_no_routes" { default = false }
variable "internet_gateway_enabled" { default = true }
variable "ipv6_egress_only_internet_gateway_enabled" { default = false }

# What every module of this publisher is told about names.
variable "context" { default = { enabled = true } }
variable "enabled" { default = null }
variable "namespace" { default = null }
variable "tenant" { default = null }
variable "environment" { default = null }
variable "stage" { default = null }
variable "name" { default = null }
variable "delimiter" { default = null }
variable "attributes" { default = [] }
variable "tags" { default = {} }
variable "label_order" { default = null }
variable "label_key_case" { default = null }
variable "label_value_case" { default = null }
variable "labels_as_tags" { default = ["default"] }

module "this" {
  source           = "cloudposse/label/null"
  context          = var.context
  enabled          = var.enabled
  namespace        = var.namespace
  tenant           = var.tenant
  environment      = var.environment
  stage            = var.stage
  name             = var.name
  delimiter        = var.delimiter
  attributes       = var.attributes
  tags             = var.tags
  label_order      = var.label_order
  label_key_case   = var.label_key_case
  label_value_case = var.label_value_case
  labels_as_tags   = var.labels_as_tags
}

locals {
  enabled = module.this.enabled
}

resource "aws_vpc" "default" {
  halint_at                        = ["ipv4_primary_cidr_block", "ipv4_primary_cidr_block_association"]
  count                            = local.enabled ? 1 : 0
  cidr_block                       = var.ipv4_primary_cidr_block
  ipv4_ipam_pool_id                = try(var.ipv4_primary_cidr_block_association.ipv4_ipam_pool_id, null)
  ipv6_cidr_block                  = try(var.ipv6_primary_cidr_block_association.ipv6_cidr_block, null)
  assign_generated_ipv6_cidr_block = var.assign_generated_ipv6_cidr_block
  instance_tenancy                 = var.instance_tenancy
  tags                             = module.this.tags
}

resource "aws_vpc_ipv4_cidr_block_association" "default" {
  for_each          = local.enabled ? var.ipv4_additional_cidr_block_associations : {}
  vpc_id            = aws_vpc.default[0].id
  cidr_block        = try(each.value.ipv4_cidr_block, null)
  ipv4_ipam_pool_id = try(each.value.ipv4_ipam_pool_id, null)
}

resource "aws_default_security_group" "default" {
  halint_at = ["default_security_group_deny_all"]
  count     = local.enabled && var.default_security_group_deny_all ? 1 : 0
  vpc_id    = aws_vpc.default[0].id
}

resource "aws_default_route_table" "default" {
  halint_at              = ["default_route_table_no_routes"]
  count                  = local.enabled && var.default_route_table_no_routes ? 1 : 0
  default_route_table_id = aws_vpc.default[0].default_route_table_id
}

resource "aws_internet_gateway" "default" {
  halint_at = ["internet_gateway_enabled"]
  count     = local.enabled && var.internet_gateway_enabled ? 1 : 0
  vpc_id    = aws_vpc.default[0].id
}

resource "aws_egress_only_internet_gateway" "default" {
  halint_at = ["ipv6_egress_only_internet_gateway_enabled"]
  count     = local.enabled && var.ipv6_egress_only_internet_gateway_enabled ? 1 : 0
  vpc_id    = aws_vpc.default[0].id
}

# Outputs that other resources are built upon.

output "vpc_id" { value = local.enabled ? aws_vpc.default[0].id : "" }
output "vpc_arn" { value = local.enabled ? aws_vpc.default[0].arn : "" }
output "vpc_cidr_block" { value = local.enabled ? aws_vpc.default[0].cidr_block : "" }
output "vpc_ipv6_cidr_block" { value = local.enabled ? aws_vpc.default[0].ipv6_cidr_block : "" }
output "vpc_main_route_table_id" { value = local.enabled ? aws_vpc.default[0].main_route_table_id : "" }
output "vpc_default_network_acl_id" { value = local.enabled ? aws_vpc.default[0].default_network_acl_id : "" }
output "vpc_default_route_table_id" { value = local.enabled ? aws_vpc.default[0].default_route_table_id : "" }
output "vpc_default_security_group_id" { value = local.enabled ? aws_vpc.default[0].default_security_group_id : "" }
output "additional_cidr_blocks" { value = [for block in aws_vpc_ipv4_cidr_block_association.default : block.cidr_block] }
output "igw_id" { value = local.enabled && var.internet_gateway_enabled ? aws_internet_gateway.default[0].id : "" }
output "ipv6_egress_only_igw_id" { value = local.enabled && var.ipv6_egress_only_internet_gateway_enabled ? aws_egress_only_internet_gateway.default[0].id : "" }

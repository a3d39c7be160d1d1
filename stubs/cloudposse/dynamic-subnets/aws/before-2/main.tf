# What cloudposse/dynamic-subnets/aws makes, as far as rules look: public and private subnets in zones, their route
# tables, and the NAT that the private ones go out through. halint's own words, after the module's documentation;
# versions below 2. Left out: network ACLs.

variable "vpc_id" {}
variable "igw_id" {}
variable "availability_zones" {}
variable "availability_zone_attribute_style" { default = "short" }
variable "cidr_block" { default = "" }
variable "max_subnet_count" { default = 0 }
variable "vpc_default_route_table_id" { default = "" }
variable "map_public_ip_on_launch" { default = true }
variable "nat_gateway_enabled" { default = true }
variable "nat_instance_enabled" { default = false }
variable "nat_elastic_ips" { default = [] }
variable "subnet_type_tag_key" { default = "cpco.io/subnet/type" }
variable "subnet_type_tag_value_format" { default = "%s" }
variable "private_subnets_additional_tags" { default = {} }
variable "public_subnets_additional_tags" { default = {} }

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

module "public_label" {
  source     = "cloudposse/label/null"
  attributes = ["public"]
  tags       = merge(var.public_subnets_additional_tags, { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, "public") })
  context    = module.this.context
}

module "private_label" {
  source     = "cloudposse/label/null"
  attributes = ["private"]
  tags       = merge(var.private_subnets_additional_tags, { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, "private") })
  context    = module.this.context
}

data "aws_availability_zones" "available" {
  count = local.on ? 1 : 0
}

data "aws_vpc" "default" {
  count = local.on ? 1 : 0
  id    = var.vpc_id
}

data "aws_eip" "nat_ips" {
  count     = local.on ? length(var.nat_elastic_ips) : 0
  public_ip = var.nat_elastic_ips[count.index]
}

locals {
  on    = module.this.enabled
  zones = local.on ? var.availability_zones : []

  # "eu-west-1a" is short "euw1a".
  directions  = { central = "c", east = "e", gov = "g", north = "n", northeast = "ne", northwest = "nw", south = "s", southeast = "se", southwest = "sw", west = "w" }
  short_names = { for zone in distinct(local.zones) : zone => join("", [for word in split("-", zone) : lookup(local.directions, word, word)]) }
  zone_labels = { for zone in distinct(local.zones) : zone => var.availability_zone_attribute_style == "full" ? zone : local.short_names[zone] }

  # Slices of the range; private subnets come first. More are set aside than are used.
  range    = var.cidr_block != "" ? var.cidr_block : local.on ? data.aws_vpc.default[0].cidr_block : ""
  reserved = var.max_subnet_count != 0 ? var.max_subnet_count : local.on ? length(data.aws_availability_zones.available[0].names) : 0
  bits     = local.on ? ceil(log(local.reserved * 2, 2)) : 1

  # Public subnets have a table of the module's, or one that is given.
  has_own_table = local.on && var.vpc_default_route_table_id == ""
  gateway_count = local.on && var.nat_gateway_enabled ? length(local.zones) : 0
  machine_count = local.on && var.nat_instance_enabled ? length(local.zones) : 0
  has_addresses = length(var.nat_elastic_ips) > 0
}

# Public.

resource "aws_subnet" "public" {
  halint_at               = ["availability_zones"]
  count                   = length(local.zones)
  vpc_id                  = var.vpc_id
  availability_zone       = local.zones[count.index]
  cidr_block              = cidrsubnet(local.range, local.bits, local.reserved + count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags                    = merge(module.public_label.tags, { Name = join(module.this.delimiter, [module.public_label.id, local.zone_labels[local.zones[count.index]]]) })
}

resource "aws_route_table" "public" {
  halint_at = ["vpc_default_route_table_id"]
  count     = local.has_own_table ? 1 : 0
  vpc_id    = var.vpc_id
}

resource "aws_route" "public" {
  halint_at              = ["igw_id"]
  count                  = local.has_own_table ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id
}

resource "aws_route_table_association" "public" {
  count          = local.has_own_table ? length(local.zones) : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_route_table_association" "public_default" {
  count          = local.on && !local.has_own_table ? length(local.zones) : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = var.vpc_default_route_table_id
}

# Private.

resource "aws_subnet" "private" {
  halint_at         = ["availability_zones"]
  count             = length(local.zones)
  vpc_id            = var.vpc_id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(local.range, local.bits, count.index)
  tags              = merge(module.private_label.tags, { Name = join(module.this.delimiter, [module.private_label.id, local.zone_labels[local.zones[count.index]]]) })
}

resource "aws_route_table" "private" {
  halint_at = ["availability_zones"]
  count     = length(local.zones)
  vpc_id    = var.vpc_id
}

resource "aws_route_table_association" "private" {
  count          = length(local.zones)
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

# The way out of the private subnets: one in each zone, or none.

resource "aws_eip" "default" {
  halint_at = ["nat_gateway_enabled"]
  count     = local.has_addresses ? 0 : local.gateway_count
  vpc       = true
}

resource "aws_nat_gateway" "default" {
  halint_at     = ["nat_gateway_enabled"]
  count         = local.gateway_count
  allocation_id = element(local.has_addresses ? data.aws_eip.nat_ips[*].id : aws_eip.default[*].id, count.index)
  subnet_id     = element(aws_subnet.public[*].id, count.index)
}

resource "aws_route" "default" {
  halint_at              = ["nat_gateway_enabled"]
  count                  = local.gateway_count
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_security_group" "nat_instance" {
  halint_at = ["nat_instance_enabled"]
  count     = local.machine_count > 0 ? 1 : 0
  vpc_id    = var.vpc_id
}

resource "aws_security_group_rule" "nat_instance_egress" {
  halint_at         = ["nat_instance_enabled"]
  count             = local.machine_count > 0 ? 1 : 0
  security_group_id = aws_security_group.nat_instance[0].id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "nat_instance_ingress" {
  halint_at         = ["nat_instance_enabled"]
  count             = local.machine_count > 0 ? 1 : 0
  security_group_id = aws_security_group.nat_instance[0].id
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.range]
}

resource "aws_instance" "nat_instance" {
  halint_at                   = ["nat_instance_enabled"]
  count                       = local.machine_count
  subnet_id                   = element(aws_subnet.public[*].id, count.index)
  vpc_security_group_ids      = [aws_security_group.nat_instance[0].id]
  source_dest_check           = false
  associate_public_ip_address = true
}

resource "aws_eip" "nat_instance" {
  halint_at = ["nat_instance_enabled"]
  count     = local.has_addresses ? 0 : local.machine_count
  vpc       = true
}

resource "aws_eip_association" "nat_instance" {
  count         = local.machine_count
  instance_id   = aws_instance.nat_instance[count.index].id
  allocation_id = element(local.has_addresses ? data.aws_eip.nat_ips[*].id : aws_eip.nat_instance[*].id, count.index)
}

resource "aws_route" "nat_instance" {
  halint_at              = ["nat_instance_enabled"]
  count                  = local.machine_count
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = element(aws_instance.nat_instance[*].primary_network_interface_id, count.index)
}

# Outputs that other resources are built upon.

output "availability_zones" { value = var.availability_zones }
output "public_subnet_ids" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnet_cidrs" { value = aws_subnet.public[*].cidr_block }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_subnet_ids" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnet_cidrs" { value = aws_subnet.private[*].cidr_block }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "nat_gateway_ids" { value = aws_nat_gateway.default[*].id }
output "nat_instance_ids" { value = aws_instance.nat_instance[*].id }
output "nat_ips" { value = local.has_addresses ? var.nat_elastic_ips : concat(aws_eip.default[*].public_ip, aws_eip.nat_instance[*].public_ip) }

# What cloudposse/dynamic-subnets/aws makes, as far as rules look: public and private subnets in zones, their route
# tables, and the NAT that the private ones go out through. halint's own words, after the module's documentation;
# version 3. Left out: network ACLs.

variable "vpc_id" {}
variable "igw_id" {
  default  = []
  nullable = false
}
variable "ipv6_egress_only_igw_id" {
  default  = []
  nullable = false
}
variable "max_subnet_count" {
  default  = 0
  nullable = false
}
variable "max_nats" {
  default  = 999
  nullable = false
}
variable "private_subnets_enabled" {
  default  = true
  nullable = false
}
variable "public_subnets_enabled" {
  default  = true
  nullable = false
}
variable "private_label" {
  default  = "private"
  nullable = false
}
variable "public_label" {
  default  = "public"
  nullable = false
}
variable "ipv4_enabled" {
  default  = true
  nullable = false
}
variable "ipv6_enabled" {
  default  = false
  nullable = false
}
variable "ipv4_cidr_block" {
  default  = []
  nullable = false
}
variable "ipv6_cidr_block" {
  default  = []
  nullable = false
}
variable "ipv4_cidrs" {
  default  = []
  nullable = false
}
variable "ipv6_cidrs" {
  default  = []
  nullable = false
}
variable "availability_zones" {
  default  = []
  nullable = false
}
variable "availability_zone_ids" {
  default  = []
  nullable = false
}
variable "availability_zone_attribute_style" {
  default  = "short"
  nullable = false
}
variable "nat_gateway_enabled" { default = null }
variable "nat_instance_enabled" { default = null }
variable "nat_elastic_ips" {
  default  = []
  nullable = false
}
variable "nat_gateway_public_subnet_indices" {
  default  = [0]
  nullable = false
}
variable "nat_gateway_public_subnet_names" { default = null }
variable "map_public_ip_on_launch" {
  default  = true
  nullable = false
}
variable "private_dns64_nat64_enabled" { default = null }
variable "public_dns64_nat64_enabled" {
  default  = false
  nullable = false
}
variable "private_route_table_enabled" {
  default  = true
  nullable = false
}
variable "public_route_table_ids" {
  default  = []
  nullable = false
}
variable "public_route_table_enabled" {
  default  = true
  nullable = false
}
variable "public_route_table_per_subnet_enabled" { default = null }
variable "private_subnets_additional_tags" {
  default  = {}
  nullable = false
}
variable "public_subnets_additional_tags" {
  default  = {}
  nullable = false
}
variable "subnet_type_tag_key" { default = null }
variable "subnet_type_tag_value_format" { default = "%s" }
variable "subnets_per_az_count" {
  default  = 1
  nullable = false
}
variable "subnets_per_az_names" {
  default  = ["common"]
  nullable = false
}
variable "public_subnets_per_az_count" { default = null }
variable "public_subnets_per_az_names" { default = null }
variable "private_subnets_per_az_count" { default = null }
variable "private_subnets_per_az_names" { default = null }

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
  attributes = [var.public_label]
  tags       = merge(var.public_subnets_additional_tags, var.subnet_type_tag_key != null && var.subnet_type_tag_value_format != null ? { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, var.public_label) } : {})
  context    = module.this.context
}

module "private_label" {
  source     = "cloudposse/label/null"
  attributes = [var.private_label]
  tags       = merge(var.private_subnets_additional_tags, var.subnet_type_tag_key != null && var.subnet_type_tag_value_format != null ? { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, var.private_label) } : {})
  context    = module.this.context
}

data "aws_availability_zones" "default" {
  count = local.on ? 1 : 0
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "default" {
  count = local.asks_vpc ? 1 : 0
  id    = var.vpc_id
}

data "aws_eip" "nat" {
  count     = local.has_nat ? length(var.nat_elastic_ips) : 0
  public_ip = var.nat_elastic_ips[count.index]
}

locals {
  on         = module.this.enabled && (var.public_subnets_enabled || var.private_subnets_enabled) && (var.ipv4_enabled || var.ipv6_enabled)
  is_public  = local.on && var.public_subnets_enabled
  is_private = local.on && var.private_subnets_enabled
  public4    = local.is_public && var.ipv4_enabled
  public6    = local.is_public && var.ipv6_enabled
  private4   = local.is_private && var.ipv4_enabled
  private6   = local.is_private && var.ipv6_enabled

  # Zones by id, by name, or all that there are; the first so many of them.
  all_names  = local.on ? data.aws_availability_zones.default[0].names : []
  zone_by_id = try(zipmap(data.aws_availability_zones.default[0].zone_ids, local.all_names), {})
  candidates = !local.on ? [] : length(var.availability_zone_ids) > 0 ? [for id in var.availability_zone_ids : local.zone_by_id[id]] : length(var.availability_zones) > 0 ? var.availability_zones : sort(local.all_names)
  zones      = var.max_subnet_count == 0 || var.max_subnet_count >= length(local.candidates) ? local.candidates : slice(local.candidates, 0, var.max_subnet_count)

  public_per_zone  = coalesce(var.public_subnets_per_az_count, var.subnets_per_az_count)
  private_per_zone = coalesce(var.private_subnets_per_az_count, var.subnets_per_az_count)
  public_names     = var.public_subnets_per_az_names != null ? var.public_subnets_per_az_names : var.subnets_per_az_names
  private_names    = var.private_subnets_per_az_names != null ? var.private_subnets_per_az_names : var.subnets_per_az_names

  public_zones  = local.is_public ? flatten([for zone in local.zones : [for i in range(local.public_per_zone) : zone]]) : []
  private_zones = local.is_private ? flatten([for zone in local.zones : [for i in range(local.private_per_zone) : zone]]) : []

  # "eu-west-1a" is short "euw1a".
  directions  = { central = "c", east = "e", gov = "g", north = "n", northeast = "ne", northwest = "nw", south = "s", southeast = "se", southwest = "sw", west = "w" }
  short_names = { for zone in distinct(local.zones) : zone => join("", [for word in split("-", zone) : lookup(local.directions, word, word)]) }
  zone_labels = { for zone in distinct(local.zones) : zone => var.availability_zone_attribute_style == "full" ? zone : local.short_names[zone] }

  # Ranges: given ones, or slices of the VPC's own; private subnets come first. More are set aside than are used.
  zones_reserved   = var.max_subnet_count == 0 ? length(local.all_names) : var.max_subnet_count
  private_reserved = local.is_private ? local.zones_reserved * local.private_per_zone : 0
  public_reserved  = local.is_public ? local.zones_reserved * local.public_per_zone : 0
  reserved         = local.private_reserved + local.public_reserved
  bits4            = local.on ? ceil(log(local.reserved, 2)) : 1

  given_private4 = try(var.ipv4_cidrs[0].private, [])
  given_public4  = try(var.ipv4_cidrs[0].public, [])
  given_private6 = try(var.ipv6_cidrs[0].private, [])
  given_public6  = try(var.ipv6_cidrs[0].public, [])
  slices4        = local.on && var.ipv4_enabled && length(local.given_private4) + length(local.given_public4) == 0
  slices6        = local.on && var.ipv6_enabled && length(local.given_private6) + length(local.given_public6) == 0
  asks_vpc       = (local.slices4 && length(var.ipv4_cidr_block) == 0) || (local.slices6 && length(var.ipv6_cidr_block) == 0)
  range4         = length(var.ipv4_cidr_block) > 0 ? var.ipv4_cidr_block[0] : local.asks_vpc ? data.aws_vpc.default[0].cidr_block : ""
  range6         = length(var.ipv6_cidr_block) > 0 ? var.ipv6_cidr_block[0] : local.asks_vpc ? data.aws_vpc.default[0].ipv6_cidr_block : ""
  private_cidrs4 = local.slices4 ? [for i in range(local.private_reserved) : cidrsubnet(local.range4, local.bits4, i)] : local.given_private4
  public_cidrs4  = local.slices4 ? [for i in range(local.private_reserved, local.reserved) : cidrsubnet(local.range4, local.bits4, i)] : local.given_public4
  private_cidrs6 = local.slices6 ? [for i in range(local.private_reserved) : cidrsubnet(local.range6, 8, i)] : local.given_private6
  public_cidrs6  = local.slices6 ? [for i in range(local.private_reserved, local.reserved) : cidrsubnet(local.range6, 8, i)] : local.given_public6

  # Route tables: one for each private subnet; one for all public ones, unless each needs its own.
  public_dns64         = local.public6 && var.public_dns64_nat64_enabled
  private_dns64        = local.private6 && (var.private_dns64_nat64_enabled == null ? local.public4 : var.private_dns64_nat64_enabled)
  has_public_tables    = local.is_public && var.public_route_table_enabled
  has_private_tables   = local.is_private && var.private_route_table_enabled
  makes_public_tables  = local.has_public_tables && length(var.public_route_table_ids) == 0
  each_public_has_own  = var.public_route_table_per_subnet_enabled == null ? local.public_dns64 : var.public_route_table_per_subnet_enabled
  wanted_public_tables = !var.public_route_table_enabled ? 0 : local.each_public_has_own ? length(local.public_zones) : 1
  public_table_count   = !local.is_public ? 0 : length(var.public_route_table_ids) > 0 ? length(var.public_route_table_ids) : local.wanted_public_tables
  public_tables        = local.makes_public_tables ? aws_route_table.public[*].id : var.public_route_table_ids
  private_table_count  = local.has_private_tables ? length(local.private_zones) : 0

  # NAT gateways win over NAT instances; where nothing is said, there are gateways.
  gateways_serve  = local.private4 || local.public_dns64 || local.private_dns64
  wants_gateways  = var.nat_instance_enabled == true ? var.nat_gateway_enabled == true : var.nat_gateway_enabled != false
  has_gateways    = local.gateways_serve && local.wants_gateways
  has_instances   = local.private4 && !local.wants_gateways && var.nat_instance_enabled == true
  has_nat         = local.has_gateways || local.has_instances
  nat_allocations = !local.has_nat ? [] : length(var.nat_elastic_ips) > 0 ? data.aws_eip.nat[*].id : aws_eip.default[*].id

  # In each of the first zones, in those of its public subnets that are asked for.
  nat_places   = var.nat_gateway_public_subnet_names != null ? [for name in var.nat_gateway_public_subnet_names : try(index(local.public_names, name), -1)] : var.nat_gateway_public_subnet_indices
  nat_subnets  = local.gateways_serve ? flatten([for zone in range(min(length(local.zones), var.max_nats)) : [for place in local.nat_places : zone * local.public_per_zone + place if place >= 0 && place < local.public_per_zone]]) : []
  nat_count    = length(local.nat_subnets)
  nats_in_zone = local.nat_count > 0 ? length(local.nat_places) : 0
  # A subnet goes out through its own zone; through another one if there is no NAT in its own.
  nat_of_private = local.has_nat && local.private4 ? [for i in range(local.private_table_count) : (floor(i / local.private_per_zone) * local.nats_in_zone + (i % local.private_per_zone) % local.nats_in_zone) % local.nat_count] : []
  nat_of_public  = local.has_gateways && local.public_dns64 ? [for i in range(local.public_table_count) : (floor(i / local.public_per_zone) * local.nats_in_zone + (i % local.public_per_zone) % local.nats_in_zone) % local.nat_count] : []
}

# Public.

resource "aws_subnet" "public" {
  halint_at               = ["availability_zones", "availability_zone_ids", "max_subnet_count"]
  count                   = length(local.public_zones)
  vpc_id                  = var.vpc_id
  availability_zone       = local.public_zones[count.index]
  cidr_block              = local.public4 ? element(local.public_cidrs4, count.index) : null
  ipv6_cidr_block         = local.public6 ? element(local.public_cidrs6, count.index) : null
  map_public_ip_on_launch = local.public4 ? var.map_public_ip_on_launch : null
  tags                    = merge(module.public_label.tags, { Name = join(module.this.delimiter, [module.public_label.id, local.zone_labels[local.public_zones[count.index]]]) })
}

resource "aws_route_table" "public" {
  halint_at = ["public_route_table_per_subnet_enabled", "public_subnets_enabled"]
  count     = local.makes_public_tables ? local.public_table_count : 0
  vpc_id    = var.vpc_id
}

resource "aws_route" "public" {
  halint_at              = ["igw_id"]
  count                  = local.public4 && length(var.igw_id) > 0 ? local.public_table_count : 0
  route_table_id         = local.public_tables[count.index]
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id[0]
}

resource "aws_route" "public6" {
  halint_at                   = ["igw_id"]
  count                       = local.public6 && length(var.igw_id) > 0 ? local.public_table_count : 0
  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = var.igw_id[0]
}

resource "aws_route_table_association" "public" {
  count          = local.has_public_tables ? length(local.public_zones) : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(local.public_tables, count.index)
}

# Private.

resource "aws_subnet" "private" {
  halint_at         = ["availability_zones", "availability_zone_ids", "max_subnet_count"]
  count             = length(local.private_zones)
  vpc_id            = var.vpc_id
  availability_zone = local.private_zones[count.index]
  cidr_block        = local.private4 ? local.private_cidrs4[count.index] : null
  ipv6_cidr_block   = local.private6 ? local.private_cidrs6[count.index] : null
  tags              = merge(module.private_label.tags, { Name = join(module.this.delimiter, [module.private_label.id, local.zone_labels[local.private_zones[count.index]]]) })
}

resource "aws_route_table" "private" {
  halint_at = ["private_subnets_enabled"]
  count     = local.private_table_count
  vpc_id    = var.vpc_id
}

resource "aws_route" "private6" {
  halint_at                   = ["ipv6_egress_only_igw_id"]
  count                       = local.on && var.ipv6_enabled && length(var.ipv6_egress_only_igw_id) > 0 ? local.private_table_count : 0
  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = var.ipv6_egress_only_igw_id[0]
}

resource "aws_route_table_association" "private" {
  count          = local.has_private_tables ? length(local.private_zones) : 0
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

# The way out of the private subnets.

resource "aws_eip" "default" {
  halint_at = ["nat_gateway_enabled", "nat_instance_enabled"]
  count     = local.has_nat && length(var.nat_elastic_ips) == 0 ? local.nat_count : 0
}

resource "aws_nat_gateway" "default" {
  halint_at     = ["max_nats", "nat_gateway_enabled"]
  count         = local.has_gateways ? local.nat_count : 0
  allocation_id = local.nat_allocations[count.index]
  subnet_id     = aws_subnet.public[local.nat_subnets[count.index]].id
}

resource "aws_route" "nat4" {
  halint_at              = ["max_nats", "nat_gateway_enabled"]
  count                  = local.has_gateways && local.private4 ? local.private_table_count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.default[local.nat_of_private[count.index]].id
}

resource "aws_route" "private_nat64" {
  halint_at                   = ["max_nats", "nat_gateway_enabled"]
  count                       = local.has_gateways && local.private_dns64 ? local.private_table_count : 0
  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = aws_nat_gateway.default[local.nat_of_private[count.index]].id
}

resource "aws_route" "public_nat64" {
  halint_at                   = ["max_nats", "nat_gateway_enabled"]
  count                       = local.has_gateways && local.public_dns64 ? local.public_table_count : 0
  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = aws_nat_gateway.default[local.nat_of_public[count.index]].id
}

resource "aws_security_group" "nat_instance" {
  halint_at = ["nat_instance_enabled"]
  count     = local.has_instances ? 1 : 0
  vpc_id    = var.vpc_id
}

resource "aws_security_group_rule" "nat_instance_egress" {
  halint_at         = ["nat_instance_enabled"]
  count             = local.has_instances ? 1 : 0
  security_group_id = aws_security_group.nat_instance[0].id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "nat_instance_ingress" {
  halint_at         = ["nat_instance_enabled"]
  count             = local.has_instances ? 1 : 0
  security_group_id = aws_security_group.nat_instance[0].id
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.range4]
}

resource "aws_instance" "nat_instance" {
  halint_at                   = ["max_nats", "nat_instance_enabled"]
  count                       = local.has_instances ? local.nat_count : 0
  subnet_id                   = aws_subnet.public[local.nat_subnets[count.index]].id
  vpc_security_group_ids      = [aws_security_group.nat_instance[0].id]
  source_dest_check           = false
  associate_public_ip_address = true
}

resource "aws_eip_association" "nat_instance" {
  count         = local.has_instances ? local.nat_count : 0
  instance_id   = aws_instance.nat_instance[count.index].id
  allocation_id = local.nat_allocations[count.index]
}

resource "aws_route" "nat_instance" {
  halint_at              = ["max_nats", "nat_instance_enabled"]
  count                  = local.has_instances ? local.private_table_count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat_instance[local.nat_of_private[count.index]].primary_network_interface_id
}

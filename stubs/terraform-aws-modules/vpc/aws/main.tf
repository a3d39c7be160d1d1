# What terraform-aws-modules/vpc/aws makes, as far as rules look: the network, its tiers, gateways and routes.
# halint's own words, after the module's documentation; versions 2 to 6. Left out: network ACLs, DHCP options,
# VPN connections, flow logs, names of tables and gateways.

variable "create_vpc" { default = true }
variable "name" { default = "" }
variable "cidr" { default = "10.0.0.0/16" }
variable "secondary_cidr_blocks" { default = [] }
variable "use_ipam_pool" { default = false }
variable "instance_tenancy" { default = "default" }
variable "enable_ipv6" { default = false }
variable "azs" { default = [] }
variable "tags" { default = {} }

variable "public_subnets" { default = [] }
variable "public_subnet_ipv6_prefixes" { default = [] }
variable "public_subnet_ipv6_native" { default = false }
variable "public_subnet_suffix" { default = "public" }
variable "public_subnet_names" { default = [] }
variable "public_subnet_tags" { default = {} }
variable "public_subnet_tags_per_az" { default = {} }
variable "map_public_ip_on_launch" { default = false }
variable "create_multiple_public_route_tables" { default = false }
variable "create_igw" { default = true }
variable "create_egress_only_igw" { default = true }

variable "private_subnets" { default = [] }
variable "private_subnet_ipv6_prefixes" { default = [] }
variable "private_subnet_ipv6_native" { default = false }
variable "private_subnet_suffix" { default = "private" }
variable "private_subnet_names" { default = [] }
variable "private_subnet_tags" { default = {} }
variable "private_subnet_tags_per_az" { default = {} }
variable "create_private_nat_gateway_route" { default = true }

variable "database_subnets" { default = [] }
variable "database_subnet_ipv6_prefixes" { default = [] }
variable "database_subnet_suffix" { default = "db" }
variable "database_subnet_names" { default = [] }
variable "database_subnet_tags" { default = {} }
variable "create_database_subnet_group" { default = true }
variable "database_subnet_group_name" { default = null }
variable "create_database_subnet_route_table" { default = false }
variable "create_database_internet_gateway_route" { default = false }
variable "create_database_nat_gateway_route" { default = false }

variable "redshift_subnets" { default = [] }
variable "redshift_subnet_ipv6_prefixes" { default = [] }
variable "redshift_subnet_suffix" { default = "redshift" }
variable "redshift_subnet_names" { default = [] }
variable "redshift_subnet_tags" { default = {} }
variable "create_redshift_subnet_group" { default = true }
variable "redshift_subnet_group_name" { default = null }
variable "enable_public_redshift" { default = false }
variable "create_redshift_subnet_route_table" { default = false }

variable "elasticache_subnets" { default = [] }
variable "elasticache_subnet_ipv6_prefixes" { default = [] }
variable "elasticache_subnet_suffix" { default = "elasticache" }
variable "elasticache_subnet_names" { default = [] }
variable "elasticache_subnet_tags" { default = {} }
variable "create_elasticache_subnet_group" { default = true }
variable "elasticache_subnet_group_name" { default = null }
variable "create_elasticache_subnet_route_table" { default = false }

variable "intra_subnets" { default = [] }
variable "intra_subnet_ipv6_prefixes" { default = [] }
variable "intra_subnet_suffix" { default = "intra" }
variable "intra_subnet_names" { default = [] }
variable "intra_subnet_tags" { default = {} }
variable "create_multiple_intra_route_tables" { default = false }

variable "outpost_subnets" { default = [] }
variable "outpost_subnet_ipv6_prefixes" { default = [] }
variable "outpost_subnet_suffix" { default = "outpost" }
variable "outpost_subnet_names" { default = [] }
variable "outpost_subnet_tags" { default = {} }
variable "outpost_az" { default = null }

variable "private_subnet_enable_dns64" { default = true }
variable "enable_nat_gateway" { default = false }
variable "single_nat_gateway" { default = false }
variable "one_nat_gateway_per_az" { default = false }
variable "nat_gateway_destination_cidr_block" { default = "0.0.0.0/0" }
variable "reuse_nat_ips" { default = false }
variable "external_nat_ip_ids" { default = [] }

# Routes that a VPN gateway adds are not in any file.
variable "propagate_public_route_tables_vgw" { default = false }
variable "propagate_private_route_tables_vgw" { default = false }
variable "propagate_intra_route_tables_vgw" { default = false }

variable "manage_default_vpc" { default = false }
variable "manage_default_security_group" { default = true }
variable "default_security_group_ingress" { default = [] }
variable "default_security_group_egress" { default = [] }
variable "manage_default_route_table" { default = true }
variable "default_route_table_routes" { default = [] }
variable "default_route_table_propagating_vgws" { default = [] }

locals {
  public_count      = var.create_vpc ? max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes)) : 0
  private_count     = var.create_vpc ? max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes)) : 0
  database_count    = var.create_vpc ? max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes)) : 0
  redshift_count    = var.create_vpc ? max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes)) : 0
  elasticache_count = var.create_vpc ? max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes)) : 0
  intra_count       = var.create_vpc ? max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes)) : 0
  outpost_count     = var.create_vpc ? max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes)) : 0
  most_subnets      = max(local.private_count, local.public_count, local.elasticache_count, local.database_count, local.redshift_count)

  # One NAT gateway in all, one in each zone, or one for each subnet of the longest tier.
  nat_count = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most_subnets
  nat_on    = var.create_vpc && var.enable_nat_gateway
  # The private tier has a table for each of them.
  private_table_count  = local.private_count > 0 ? local.nat_count : 0
  private_egress_count = local.private_table_count

  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")
  # `azs` takes names and zone ids alike.
  zone_names = [for az in var.azs : length(regexall("^[a-z]{2}-", az)) > 0 ? az : null]
  zone_ids   = [for az in var.azs : length(regexall("^[a-z]{2}-", az)) > 0 ? null : az]

  database_tables = local.database_count > 0 && var.create_database_subnet_route_table
  database_single = var.single_nat_gateway || var.create_database_internet_gateway_route
}

resource "aws_vpc" "this" {
  count                            = var.create_vpc ? 1 : 0
  cidr_block                       = var.use_ipam_pool ? null : var.cidr
  assign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  instance_tenancy                 = var.instance_tenancy
  tags                             = merge({ Name = var.name }, var.tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = var.create_vpc ? length(var.secondary_cidr_blocks) : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = element(var.secondary_cidr_blocks, count.index)
}

resource "aws_internet_gateway" "this" {
  count  = local.public_count > 0 && var.create_igw ? 1 : 0
  vpc_id = local.vpc_id
}

resource "aws_egress_only_internet_gateway" "this" {
  count  = var.create_vpc && var.create_egress_only_igw && var.enable_ipv6 && local.most_subnets > 0 ? 1 : 0
  vpc_id = local.vpc_id
}

# Public.

resource "aws_subnet" "public" {
  halint_at               = ["public_subnets"]
  count                   = !var.one_nat_gateway_per_az || local.public_count >= length(var.azs) ? local.public_count : 0
  vpc_id                  = local.vpc_id
  cidr_block              = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  ipv6_cidr_block         = var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index]) : null
  availability_zone       = element(local.zone_names, count.index)
  availability_zone_id    = element(local.zone_ids, count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags                    = merge({ Name = try(var.public_subnet_names[count.index], "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.public_subnet_tags, lookup(var.public_subnet_tags_per_az, element(var.azs, count.index), {}))
}

resource "aws_route_table" "public" {
  halint_at        = ["public_subnets"]
  count            = local.public_count > 0 ? (var.create_multiple_public_route_tables ? local.public_count : 1) : 0
  vpc_id           = local.vpc_id
  propagating_vgws = var.propagate_public_route_tables_vgw ? ["vgw-of-the-module"] : null
}

resource "aws_route_table_association" "public" {
  count          = local.public_count
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_route" "public_internet_gateway" {
  count                  = local.public_count > 0 && var.create_igw ? (var.create_multiple_public_route_tables ? local.public_count : 1) : 0
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = local.public_count > 0 && var.create_igw && var.enable_ipv6 ? (var.create_multiple_public_route_tables ? local.public_count : 1) : 0
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

# NAT gateways, and the private tier that they serve.

resource "aws_eip" "nat" {
  halint_at = ["enable_nat_gateway"]
  count     = local.nat_on && !var.reuse_nat_ips ? local.nat_count : 0
  domain    = "vpc"
}

resource "aws_nat_gateway" "this" {
  halint_at     = ["single_nat_gateway", "one_nat_gateway_per_az", "enable_nat_gateway"]
  count         = local.nat_on ? local.nat_count : 0
  allocation_id = element(var.reuse_nat_ips ? var.external_nat_ip_ids : aws_eip.nat[*].id, var.single_nat_gateway ? 0 : count.index)
  subnet_id     = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_subnet" "private" {
  halint_at            = ["private_subnets"]
  count                = local.private_count
  vpc_id               = local.vpc_id
  cidr_block           = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index]) : null
  availability_zone    = element(local.zone_names, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  tags                 = merge({ Name = try(var.private_subnet_names[count.index], "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.private_subnet_tags, lookup(var.private_subnet_tags_per_az, element(var.azs, count.index), {}))
}

resource "aws_route_table" "private" {
  halint_at        = ["private_subnets"]
  count            = local.private_table_count
  vpc_id           = local.vpc_id
  propagating_vgws = var.propagate_private_route_tables_vgw ? ["vgw-of-the-module"] : null
}

resource "aws_route_table_association" "private" {
  count          = local.private_count
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route" "private_nat_gateway" {
  count                  = local.nat_on && var.create_private_nat_gateway_route ? local.nat_count : 0
  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_ipv6_egress" {
  count                       = var.create_egress_only_igw && var.enable_ipv6 ? local.private_egress_count : 0
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = element(aws_egress_only_internet_gateway.this[*].id, 0)
}

resource "aws_route" "private_dns64_nat_gateway" {
  count                       = local.nat_on && var.enable_ipv6 && var.private_subnet_enable_dns64 ? local.nat_count : 0
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

# Databases: on tables of their own if asked for, else on those of the private tier.

resource "aws_subnet" "database" {
  halint_at            = ["database_subnets"]
  count                = local.database_count
  vpc_id               = local.vpc_id
  cidr_block           = element(concat(var.database_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null
  availability_zone    = element(local.zone_names, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  tags                 = merge({ Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.database_subnet_tags)
}

resource "aws_db_subnet_group" "database" {
  count      = local.database_count > 0 && var.create_database_subnet_group ? 1 : 0
  name       = lower(coalesce(var.database_subnet_group_name, var.name, "database"))
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_route_table" "database" {
  halint_at = ["database_subnets"]
  count     = local.database_tables ? (local.database_single ? 1 : local.database_count) : 0
  vpc_id    = local.vpc_id
}

resource "aws_route_table_association" "database" {
  count          = local.database_count
  subnet_id      = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), var.create_database_subnet_route_table && local.database_single ? 0 : count.index)
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.database_tables && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count                  = local.database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway ? (var.single_nat_gateway ? 1 : local.database_count) : 0
  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count                       = local.database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway && var.enable_ipv6 && var.private_subnet_enable_dns64 ? (var.single_nat_gateway ? 1 : local.database_count) : 0
  route_table_id              = element(aws_route_table.database[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count                       = local.database_tables && var.create_egress_only_igw && var.enable_ipv6 && var.create_database_internet_gateway_route ? 1 : 0
  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

# Redshift: may be public.

resource "aws_subnet" "redshift" {
  halint_at            = ["redshift_subnets"]
  count                = local.redshift_count
  vpc_id               = local.vpc_id
  cidr_block           = element(concat(var.redshift_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index]) : null
  availability_zone    = element(local.zone_names, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  tags                 = merge({ Name = try(var.redshift_subnet_names[count.index], "${var.name}-${var.redshift_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.redshift_subnet_tags)
}

resource "aws_redshift_subnet_group" "redshift" {
  count      = local.redshift_count > 0 && var.create_redshift_subnet_group ? 1 : 0
  name       = lower(coalesce(var.redshift_subnet_group_name, var.name, "redshift"))
  subnet_ids = aws_subnet.redshift[*].id
}

resource "aws_route_table" "redshift" {
  halint_at = ["redshift_subnets"]
  count     = local.redshift_count > 0 && var.create_redshift_subnet_route_table ? 1 : 0
  vpc_id    = local.vpc_id
}

resource "aws_route_table_association" "redshift" {
  count          = var.enable_public_redshift ? 0 : local.redshift_count
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table_association" "redshift_public" {
  count          = var.enable_public_redshift ? local.redshift_count : 0
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

# Caches.

resource "aws_subnet" "elasticache" {
  halint_at            = ["elasticache_subnets"]
  count                = local.elasticache_count
  vpc_id               = local.vpc_id
  cidr_block           = element(concat(var.elasticache_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null
  availability_zone    = element(local.zone_names, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  tags                 = merge({ Name = try(var.elasticache_subnet_names[count.index], "${var.name}-${var.elasticache_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.elasticache_subnet_tags)
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count      = local.elasticache_count > 0 && var.create_elasticache_subnet_group ? 1 : 0
  name       = coalesce(var.elasticache_subnet_group_name, var.name, "elasticache")
  subnet_ids = aws_subnet.elasticache[*].id
}

resource "aws_route_table" "elasticache" {
  halint_at = ["elasticache_subnets"]
  count     = local.elasticache_count > 0 && var.create_elasticache_subnet_route_table ? 1 : 0
  vpc_id    = local.vpc_id
}

resource "aws_route_table_association" "elasticache" {
  count          = local.elasticache_count
  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_elasticache_subnet_route_table ? 0 : count.index)
}

# Without a way out.

resource "aws_subnet" "intra" {
  halint_at            = ["intra_subnets"]
  count                = local.intra_count
  vpc_id               = local.vpc_id
  cidr_block           = element(concat(var.intra_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null
  availability_zone    = element(local.zone_names, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  tags                 = merge({ Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.intra_subnet_tags)
}

resource "aws_route_table" "intra" {
  halint_at        = ["intra_subnets"]
  count            = local.intra_count > 0 ? (var.create_multiple_intra_route_tables ? local.intra_count : 1) : 0
  vpc_id           = local.vpc_id
  propagating_vgws = var.propagate_intra_route_tables_vgw ? ["vgw-of-the-module"] : null
}

resource "aws_route_table_association" "intra" {
  count          = local.intra_count
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

# On an outpost, beside the private tier.

resource "aws_subnet" "outpost" {
  halint_at         = ["outpost_subnets"]
  count             = local.outpost_count
  vpc_id            = local.vpc_id
  cidr_block        = element(concat(var.outpost_subnets, [""]), count.index)
  ipv6_cidr_block   = var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null
  availability_zone = var.outpost_az
  tags              = merge({ Name = try(var.outpost_subnet_names[count.index], "${var.name}-${var.outpost_subnet_suffix}-${var.outpost_az}") }, var.tags, var.outpost_subnet_tags)
}

resource "aws_route_table_association" "outpost" {
  count          = local.outpost_count
  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

# What AWS makes with every VPC, taken over and emptied.

resource "aws_default_vpc" "this" {
  halint_at = ["manage_default_vpc"]
  count     = var.manage_default_vpc ? 1 : 0
}

resource "aws_default_security_group" "this" {
  count  = var.create_vpc && var.manage_default_security_group ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      self             = lookup(ingress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(ingress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(ingress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(ingress.value, "security_groups", "")))
      from_port        = lookup(ingress.value, "from_port", 0)
      to_port          = lookup(ingress.value, "to_port", 0)
      protocol         = lookup(ingress.value, "protocol", "-1")
    }
  }
  dynamic "egress" {
    for_each = var.default_security_group_egress
    content {
      self             = lookup(egress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(egress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(egress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(egress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(egress.value, "security_groups", "")))
      from_port        = lookup(egress.value, "from_port", 0)
      to_port          = lookup(egress.value, "to_port", 0)
      protocol         = lookup(egress.value, "protocol", "-1")
    }
  }
}

resource "aws_default_route_table" "default" {
  count                  = var.create_vpc && var.manage_default_route_table ? 1 : 0
  default_route_table_id = aws_vpc.this[0].default_route_table_id
  propagating_vgws       = var.default_route_table_propagating_vgws
  dynamic "route" {
    for_each = var.default_route_table_routes
    content {
      cidr_block                = lookup(route.value, "cidr_block", null)
      ipv6_cidr_block           = lookup(route.value, "ipv6_cidr_block", null)
      egress_only_gateway_id    = lookup(route.value, "egress_only_gateway_id", null)
      gateway_id                = lookup(route.value, "gateway_id", null)
      nat_gateway_id            = lookup(route.value, "nat_gateway_id", null)
      transit_gateway_id        = lookup(route.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(route.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(route.value, "vpc_peering_connection_id", null)
    }
  }
}

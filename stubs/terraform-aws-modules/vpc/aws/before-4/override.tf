# Up to version 3 instances in public subnets get a public address, what AWS makes with the VPC is left alone, tables of
# the private tier serve the others too, and there is no DNS64.

variable "cidr" { default = "0.0.0.0/0" }
variable "map_public_ip_on_launch" { default = true }
variable "manage_default_security_group" { default = false }
variable "manage_default_route_table" { default = false }
variable "private_subnet_enable_dns64" { default = false }

locals {
  # IPv6 does not make subnets of its own.
  public_count      = var.create_vpc ? length(var.public_subnets) : 0
  private_count     = var.create_vpc ? length(var.private_subnets) : 0
  database_count    = var.create_vpc ? length(var.database_subnets) : 0
  redshift_count    = var.create_vpc ? length(var.redshift_subnets) : 0
  elasticache_count = var.create_vpc ? length(var.elasticache_subnets) : 0
  intra_count       = var.create_vpc ? length(var.intra_subnets) : 0
  outpost_count     = var.create_vpc ? length(var.outpost_subnets) : 0

  most_subnets        = max(local.private_count, local.elasticache_count, local.database_count, local.redshift_count)
  private_table_count = local.most_subnets > 0 ? local.nat_count : 0
}

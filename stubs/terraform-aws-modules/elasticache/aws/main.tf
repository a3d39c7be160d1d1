# What terraform-aws-modules/elasticache/aws makes, as far as rules look: a cache, its subnet group and its security
# group. halint's own words, after the module's documentation; version 1. Left out: parameters, logs, snapshots, users.

variable "create" { default = true }
variable "create_cluster" { default = false }
variable "create_replication_group" { default = true }
variable "cluster_id" { default = "" }
variable "replication_group_id" { default = null }
variable "engine" { default = "redis" }
variable "node_type" { default = null }
variable "port" { default = null }
variable "security_group_ids" { default = [] }

# Of a cluster.
variable "num_cache_nodes" { default = 1 }
variable "az_mode" { default = null }

# Of a replication group.
variable "automatic_failover_enabled" { default = null }
variable "multi_az_enabled" { default = false }
variable "num_cache_clusters" { default = null }
variable "cluster_mode_enabled" { default = false }
variable "num_node_groups" { default = null }
variable "replicas_per_node_group" { default = null }
variable "global_replication_group_id" { default = null }
variable "create_primary_global_replication_group" { default = false }
variable "create_secondary_global_replication_group" { default = false }

variable "create_subnet_group" { default = true }
variable "subnet_group_name" { default = null }
variable "subnet_ids" { default = [] }

variable "create_security_group" { default = true }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_rules" { default = {} }
variable "vpc_id" { default = null }

locals {
  makes_groups = var.create && var.create_replication_group
  makes_subnet = var.create && var.create_subnet_group
  makes_sg     = var.create && var.create_security_group
  is_global    = var.create_primary_global_replication_group || var.create_secondary_global_replication_group
  is_secondary = var.create_secondary_global_replication_group

  name                = try(coalesce(var.cluster_id, var.replication_group_id), "")
  own_port            = var.engine == "memcached" ? 11211 : 6379
  subnet_group_name   = local.makes_subnet ? aws_elasticache_subnet_group.this[0].name : var.subnet_group_name
  security_group_ids  = local.makes_sg ? concat(var.security_group_ids, [aws_security_group.this[0].id]) : var.security_group_ids
  security_group_name = try(coalesce(var.security_group_name, local.name), "")

  # A node of a replication group has all that from its group.
  is_member = var.replication_group_id != null
}

resource "aws_elasticache_cluster" "this" {
  halint_at            = ["num_cache_nodes", "az_mode", "create_cluster"]
  count                = var.create && var.create_cluster ? 1 : 0
  cluster_id           = var.cluster_id
  engine               = local.is_member ? null : var.engine
  node_type            = local.is_member ? null : var.node_type
  num_cache_nodes      = local.is_member ? null : var.num_cache_nodes
  az_mode              = local.is_member ? null : var.az_mode
  port                 = local.is_member ? null : coalesce(var.port, local.own_port)
  subnet_group_name    = local.is_member ? null : local.subnet_group_name
  security_group_ids   = local.is_member ? null : local.security_group_ids
  replication_group_id = local.makes_groups ? aws_elasticache_replication_group.this[0].id : var.replication_group_id
}

resource "aws_elasticache_replication_group" "this" {
  halint_at                   = ["num_cache_clusters", "replicas_per_node_group", "automatic_failover_enabled", "multi_az_enabled"]
  count                       = local.makes_groups && !local.is_global ? 1 : 0
  replication_group_id        = var.replication_group_id
  global_replication_group_id = var.global_replication_group_id
  engine                      = var.engine
  node_type                   = var.node_type
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.num_cache_clusters
  num_node_groups             = var.cluster_mode_enabled ? var.num_node_groups : null
  replicas_per_node_group     = var.replicas_per_node_group
  automatic_failover_enabled  = var.multi_az_enabled || var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  multi_az_enabled            = var.multi_az_enabled
  port                        = coalesce(var.port, local.own_port)
  subnet_group_name           = local.subnet_group_name
  security_group_ids          = local.security_group_ids
}

# The same as part of a global datastore; what a secondary one is follows from the primary one.
resource "aws_elasticache_replication_group" "global" {
  halint_at                   = ["num_cache_clusters", "replicas_per_node_group", "automatic_failover_enabled", "multi_az_enabled"]
  count                       = local.makes_groups && local.is_global ? 1 : 0
  replication_group_id        = var.replication_group_id
  global_replication_group_id = local.is_secondary ? var.global_replication_group_id : null
  engine                      = local.is_secondary ? null : var.engine
  node_type                   = var.node_type
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.num_cache_clusters
  num_node_groups             = var.cluster_mode_enabled && !local.is_secondary ? var.num_node_groups : null
  replicas_per_node_group     = var.replicas_per_node_group
  automatic_failover_enabled  = var.multi_az_enabled || var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  multi_az_enabled            = var.multi_az_enabled
  port                        = coalesce(var.port, local.own_port)
  subnet_group_name           = local.subnet_group_name
  security_group_ids          = local.security_group_ids
}

resource "aws_elasticache_global_replication_group" "this" {
  count                        = local.makes_groups && var.create_primary_global_replication_group ? 1 : 0
  primary_replication_group_id = aws_elasticache_replication_group.global[0].id
}

resource "aws_elasticache_subnet_group" "this" {
  halint_at  = ["subnet_ids"]
  count      = local.makes_subnet ? 1 : 0
  name       = try(coalesce(var.subnet_group_name, local.name), "")
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  halint_at = ["security_group_rules"]
  count     = local.makes_sg ? 1 : 0
  name      = var.security_group_use_name_prefix ? null : local.security_group_name
  vpc_id    = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  halint_at                    = ["security_group_rules"]
  for_each                     = { for k, v in var.security_group_rules : k => v if local.makes_sg && try(v.type, "ingress") == "ingress" }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  cidr_ipv4                    = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6                    = lookup(each.value, "cidr_ipv6", null)
  from_port                    = try(each.value.from_port, local.own_port)
  to_port                      = try(each.value.to_port, local.own_port)
  prefix_list_id               = lookup(each.value, "prefix_list_id", null)
  referenced_security_group_id = lookup(each.value, "referenced_security_group_id", null) == "self" ? aws_security_group.this[0].id : lookup(each.value, "referenced_security_group_id", null)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  halint_at                    = ["security_group_rules"]
  for_each                     = { for k, v in var.security_group_rules : k => v if local.makes_sg && try(v.type, "ingress") == "egress" }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  cidr_ipv4                    = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6                    = lookup(each.value, "cidr_ipv6", null)
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
  prefix_list_id               = lookup(each.value, "prefix_list_id", null)
  referenced_security_group_id = lookup(each.value, "referenced_security_group_id", null) == "self" ? aws_security_group.this[0].id : lookup(each.value, "referenced_security_group_id", null)
}

# Outputs that other resources are built upon.

output "cluster_arn" { value = try(aws_elasticache_cluster.this[0].arn, null) }
output "cluster_address" { value = try(aws_elasticache_cluster.this[0].cluster_address, null) }
output "cluster_configuration_endpoint" { value = try(aws_elasticache_cluster.this[0].configuration_endpoint, null) }
output "replication_group_arn" { value = try(aws_elasticache_replication_group.this[0].arn, aws_elasticache_replication_group.global[0].arn, null) }
output "replication_group_id" { value = try(aws_elasticache_replication_group.this[0].id, aws_elasticache_replication_group.global[0].id, null) }
output "replication_group_port" { value = try(aws_elasticache_replication_group.this[0].port, aws_elasticache_replication_group.global[0].port, null) }
output "replication_group_primary_endpoint_address" { value = try(aws_elasticache_replication_group.this[0].primary_endpoint_address, aws_elasticache_replication_group.global[0].primary_endpoint_address, null) }
output "replication_group_reader_endpoint_address" { value = try(aws_elasticache_replication_group.this[0].reader_endpoint_address, aws_elasticache_replication_group.global[0].reader_endpoint_address, null) }
output "replication_group_configuration_endpoint_address" { value = try(aws_elasticache_replication_group.this[0].configuration_endpoint_address, aws_elasticache_replication_group.global[0].configuration_endpoint_address, null) }
output "global_replication_group_id" { value = try(aws_elasticache_global_replication_group.this[0].id, null) }
output "global_replication_group_arn" { value = try(aws_elasticache_global_replication_group.this[0].arn, null) }
output "subnet_group_name" { value = try(aws_elasticache_subnet_group.this[0].name, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }

# What terraform-aws-modules/rds-aurora/aws makes, as far as rules look: a database cluster with its servers, subnet
# group, security group and settings. halint's own words, after the module's documentation; version 10.
# Left out: passwords, monitoring, logs, scaling of readers, endpoints, shards.

variable "create" { default = true }
variable "name" { default = "" }
variable "cluster_use_name_prefix" { default = false }
variable "engine" { default = null }
variable "engine_mode" { default = "provisioned" }
variable "deletion_protection" { default = null }
variable "allocated_storage" { default = null }
variable "cluster_instance_class" { default = null }
variable "availability_zones" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }

variable "instances" {
  type = map(object({
    availability_zone       = optional(string)
    db_parameter_group_name = optional(string)
    identifier              = optional(string)
    instance_class          = optional(string)
    promotion_tier          = optional(number)
    publicly_accessible     = optional(bool)
  }))
  default  = {}
  nullable = false
}
variable "instances_use_identifier_prefix" { default = false }

variable "create_db_subnet_group" { default = false }
variable "db_subnet_group_name" { default = "" }
variable "subnets" { default = [] }

variable "cluster_parameter_group_name" { default = null }
variable "cluster_parameter_group" { default = null }
variable "db_parameter_group" { default = null }

variable "create_security_group" { default = true }
variable "security_group_name" { default = "" }
variable "security_group_use_name_prefix" { default = true }
variable "vpc_id" { default = "" }
variable "security_group_ingress_rules" {
  type = map(object({
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(number)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    to_port                      = optional(number)
  }))
  default  = {}
  nullable = false
}
variable "security_group_egress_rules" {
  type = map(object({
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(number)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    to_port                      = optional(number)
  }))
  default  = {}
  nullable = false
}

locals {
  port                = coalesce(var.port, (var.engine == "aurora-postgresql" || var.engine == "postgres" ? 5432 : 3306))
  is_serverless       = var.engine_mode == "serverless"
  given_subnet_group  = try(coalesce(var.db_subnet_group_name, var.name), "")
  subnet_group_name   = var.create_db_subnet_group ? try(aws_db_subnet_group.this[0].name, null) : local.given_subnet_group
  makes_sg            = var.create && var.create_security_group
  security_group_name = try(coalesce(var.security_group_name, var.name), "")
}

resource "aws_db_subnet_group" "this" {
  halint_at  = ["subnets"]
  count      = var.create && var.create_db_subnet_group ? 1 : 0
  name       = local.given_subnet_group
  subnet_ids = var.subnets
}

resource "aws_rds_cluster" "this" {
  halint_at          = ["instances", "engine_mode"]
  count              = var.create ? 1 : 0
  cluster_identifier = var.cluster_use_name_prefix ? null : var.name
  engine             = var.engine
  engine_mode        = var.engine_mode
  availability_zones = var.availability_zones
  # With storage of its own it is a Multi-AZ cluster, else Aurora.
  allocated_storage               = var.allocated_storage
  deletion_protection             = var.deletion_protection
  db_cluster_instance_class       = var.allocated_storage != null ? var.cluster_instance_class : null
  db_cluster_parameter_group_name = var.create && var.cluster_parameter_group != null ? aws_rds_cluster_parameter_group.this[0].id : var.cluster_parameter_group_name
  db_subnet_group_name            = local.subnet_group_name
  port                            = local.port
  vpc_security_group_ids          = compact(concat(aws_security_group.this[*].id, var.vpc_security_group_ids))
}

resource "aws_rds_cluster_instance" "this" {
  halint_at               = ["instances"]
  for_each                = { for k, v in var.instances : k => v if var.create && !local.is_serverless }
  identifier              = var.instances_use_identifier_prefix ? null : try(coalesce(each.value.identifier, "${var.name}-${each.key}"))
  cluster_identifier      = aws_rds_cluster.this[0].id
  engine                  = var.engine
  instance_class          = each.value.instance_class
  availability_zone       = each.value.availability_zone
  promotion_tier          = each.value.promotion_tier
  publicly_accessible     = each.value.publicly_accessible
  db_subnet_group_name    = local.subnet_group_name
  db_parameter_group_name = var.create && var.db_parameter_group != null ? aws_db_parameter_group.this[0].id : each.value.db_parameter_group_name
}

resource "aws_rds_cluster_parameter_group" "this" {
  halint_at = ["cluster_parameter_group"]
  count     = var.create && var.cluster_parameter_group != null ? 1 : 0
  name      = try(var.cluster_parameter_group.use_name_prefix, true) ? null : try(coalesce(var.cluster_parameter_group.name, var.name), "")
  family    = var.cluster_parameter_group.family
  dynamic "parameter" {
    for_each = try(coalesce(var.cluster_parameter_group.parameters, []), [])
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }
}

resource "aws_db_parameter_group" "this" {
  halint_at = ["db_parameter_group"]
  count     = var.create && var.db_parameter_group != null ? 1 : 0
  name      = try(var.db_parameter_group.use_name_prefix, true) ? null : try(coalesce(var.db_parameter_group.name, var.name), "")
  family    = var.db_parameter_group.family
  dynamic "parameter" {
    for_each = try(coalesce(var.db_parameter_group.parameters, []), [])
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }
}

resource "aws_security_group" "this" {
  halint_at = ["security_group_ingress_rules", "security_group_egress_rules"]
  count     = local.makes_sg ? 1 : 0
  name      = var.security_group_use_name_prefix ? null : local.security_group_name
  vpc_id    = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  halint_at                    = ["security_group_ingress_rules"]
  for_each                     = { for k, v in var.security_group_ingress_rules : k => v if local.makes_sg }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = each.value.ip_protocol
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  from_port                    = try(coalesce(each.value.from_port, local.port), null)
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port, local.port), null)
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "this" {
  halint_at                    = ["security_group_egress_rules"]
  for_each                     = { for k, v in var.security_group_egress_rules : k => v if local.makes_sg }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = each.value.ip_protocol
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port, local.port), null)
  to_port                      = try(coalesce(each.value.to_port, local.port), null)
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id
}

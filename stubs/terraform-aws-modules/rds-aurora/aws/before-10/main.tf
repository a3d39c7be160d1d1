# What terraform-aws-modules/rds-aurora/aws makes, as far as rules look: a database cluster with its servers, subnet
# group, security group and settings. halint's own words, after the module's documentation; versions 8 and 9.
# Left out: passwords, monitoring, logs, scaling of readers, endpoints, shards.

variable "create" { default = true }
variable "name" { default = "" }
variable "cluster_use_name_prefix" { default = false }
variable "engine" { default = null }
variable "engine_mode" { default = "provisioned" }
variable "db_cluster_instance_class" { default = null }
variable "deletion_protection" { default = null }
variable "availability_zones" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }

variable "instances" { default = {} }
variable "instance_class" { default = "" }
variable "publicly_accessible" { default = null }
variable "instances_use_identifier_prefix" { default = false }

variable "create_db_subnet_group" { default = false }
variable "db_subnet_group_name" { default = "" }
variable "subnets" { default = [] }

variable "create_db_cluster_parameter_group" { default = false }
variable "db_cluster_parameter_group_name" { default = null }
variable "db_cluster_parameter_group_use_name_prefix" { default = true }
variable "db_cluster_parameter_group_family" { default = "" }
variable "db_cluster_parameter_group_parameters" { default = [] }
variable "create_db_parameter_group" { default = false }
variable "db_parameter_group_name" { default = null }
variable "db_parameter_group_use_name_prefix" { default = true }
variable "db_parameter_group_family" { default = "" }
variable "db_parameter_group_parameters" { default = [] }

variable "create_security_group" { default = true }
variable "security_group_name" { default = "" }
variable "security_group_use_name_prefix" { default = true }
variable "vpc_id" { default = "" }
variable "security_group_rules" { default = {} }

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
  halint_at                       = ["instances", "engine_mode"]
  count                           = var.create ? 1 : 0
  cluster_identifier              = var.cluster_use_name_prefix ? null : var.name
  engine                          = var.engine
  engine_mode                     = var.engine_mode
  availability_zones              = var.availability_zones
  deletion_protection             = var.deletion_protection
  db_cluster_instance_class       = var.db_cluster_instance_class
  db_cluster_parameter_group_name = var.create_db_cluster_parameter_group ? aws_rds_cluster_parameter_group.this[0].id : var.db_cluster_parameter_group_name
  db_subnet_group_name            = local.subnet_group_name
  port                            = local.port
  vpc_security_group_ids          = compact(concat(aws_security_group.this[*].id, var.vpc_security_group_ids))
}

resource "aws_rds_cluster_instance" "this" {
  halint_at               = ["instances"]
  for_each                = { for k, v in var.instances : k => v if var.create && !local.is_serverless }
  identifier              = var.instances_use_identifier_prefix ? null : try(each.value.identifier, "${var.name}-${each.key}")
  cluster_identifier      = aws_rds_cluster.this[0].id
  engine                  = var.engine
  instance_class          = try(each.value.instance_class, var.instance_class)
  availability_zone       = try(each.value.availability_zone, null)
  promotion_tier          = try(each.value.promotion_tier, null)
  publicly_accessible     = try(each.value.publicly_accessible, var.publicly_accessible)
  db_subnet_group_name    = local.subnet_group_name
  db_parameter_group_name = var.create_db_parameter_group ? aws_db_parameter_group.this[0].id : try(each.value.db_parameter_group_name, var.db_parameter_group_name)
}

resource "aws_rds_cluster_parameter_group" "this" {
  halint_at = ["db_cluster_parameter_group_parameters", "db_cluster_parameter_group_family"]
  count     = var.create && var.create_db_cluster_parameter_group ? 1 : 0
  name      = var.db_cluster_parameter_group_use_name_prefix ? null : try(coalesce(var.db_cluster_parameter_group_name, var.name), null)
  family    = var.db_cluster_parameter_group_family
  dynamic "parameter" {
    for_each = var.db_cluster_parameter_group_parameters
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }
}

resource "aws_db_parameter_group" "this" {
  halint_at = ["db_parameter_group_parameters", "db_parameter_group_family"]
  count     = var.create && var.create_db_parameter_group ? 1 : 0
  name      = var.db_parameter_group_use_name_prefix ? null : try(coalesce(var.db_parameter_group_name, var.name), null)
  family    = var.db_parameter_group_family
  dynamic "parameter" {
    for_each = var.db_parameter_group_parameters
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }
}

resource "aws_security_group" "this" {
  halint_at = ["security_group_rules"]
  count     = local.makes_sg ? 1 : 0
  name      = var.security_group_use_name_prefix ? null : local.security_group_name
  vpc_id    = var.vpc_id
}

resource "aws_security_group_rule" "this" {
  halint_at                = ["security_group_rules"]
  for_each                 = { for k, v in var.security_group_rules : k => v if local.makes_sg }
  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  from_port                = try(each.value.from_port, local.port)
  to_port                  = try(each.value.to_port, local.port)
  protocol                 = try(each.value.protocol, "tcp")
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  self                     = try(each.value.self, null)
}

# What terraform-aws-modules/rds/aws makes, as far as rules look: one database server with its subnet group and its
# settings, each in a folder of its own as in the module. halint's own words, after the module's documentation;
# versions 2 and 3. Left out: passwords, monitoring, logs, snapshots, roles.

variable "identifier" {}
variable "create_db_instance" {
  type    = bool
  default = true
}
variable "replicate_source_db" { default = null }
variable "engine" { default = null }
variable "instance_class" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }
variable "availability_zone" { default = null }
variable "deletion_protection" { default = false }
variable "multi_az" {
  type    = bool
  default = false
}
variable "publicly_accessible" {
  type    = bool
  default = false
}
variable "backup_retention_period" { default = null }
variable "cross_region_replica" { default = false }

variable "create_db_subnet_group" {
  type    = bool
  default = true
}
variable "db_subnet_group_name" { default = null }
variable "db_subnet_group_use_name_prefix" { default = true }
variable "subnet_ids" { default = [] }

variable "create_db_parameter_group" {
  type    = bool
  default = true
}
variable "parameter_group_name" { default = null }
variable "parameter_group_use_name_prefix" { default = true }
variable "family" { default = null }
variable "parameters" { default = null }

variable "create_db_option_group" {
  type    = bool
  default = true
}
variable "option_group_name" { default = null }
variable "option_group_use_name_prefix" { default = true }

locals {
  # PostgreSQL has no options.
  has_options                  = var.engine != "postgres"
  stands_where_its_source_does = var.replicate_source_db != null && !var.cross_region_replica
}

module "db_subnet_group" {
  source          = "../modules/db_subnet_group"
  create          = var.create_db_subnet_group
  name            = coalesce(var.db_subnet_group_name, var.identifier)
  use_name_prefix = var.db_subnet_group_use_name_prefix
  subnet_ids      = var.subnet_ids
}

module "db_parameter_group" {
  source          = "../modules/db_parameter_group"
  create          = var.create_db_parameter_group
  name            = coalesce(var.parameter_group_name, var.identifier)
  use_name_prefix = var.parameter_group_use_name_prefix
  family          = var.family
  parameters      = var.parameters
}

module "db_option_group" {
  source          = "../modules/db_option_group"
  create          = var.create_db_option_group && local.has_options
  name            = coalesce(var.option_group_name, var.identifier)
  use_name_prefix = var.option_group_use_name_prefix
  engine_name     = var.engine
}

module "db_instance" {
  source                  = "./modules/db_instance"
  create                  = var.create_db_instance
  identifier              = var.identifier
  replicate_source_db     = var.replicate_source_db
  engine                  = var.engine
  instance_class          = var.instance_class
  port                    = var.port
  vpc_security_group_ids  = var.vpc_security_group_ids
  db_subnet_group_name    = local.stands_where_its_source_does ? null : coalesce(var.db_subnet_group_name, module.db_subnet_group.db_subnet_group_id, var.identifier)
  parameter_group_name    = var.create_db_parameter_group ? module.db_parameter_group.db_parameter_group_id : var.parameter_group_name
  option_group_name       = var.create_db_option_group && local.has_options ? module.db_option_group.db_option_group_id : var.option_group_name
  availability_zone       = var.availability_zone
  multi_az                = var.multi_az
  deletion_protection     = var.deletion_protection
  publicly_accessible     = var.publicly_accessible
  backup_retention_period = var.backup_retention_period
}

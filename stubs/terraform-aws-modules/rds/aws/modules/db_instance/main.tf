# The database server of terraform-aws-modules/rds/aws.

variable "create" { default = true }
variable "identifier" {}
variable "use_identifier_prefix" { default = false }
variable "replicate_source_db" { default = null }
variable "engine" { default = null }
variable "instance_class" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "parameter_group_name" { default = null }
variable "option_group_name" { default = null }
variable "availability_zone" { default = null }
variable "multi_az" { default = false }
variable "deletion_protection" { default = false }
variable "publicly_accessible" { default = false }
variable "backup_retention_period" { default = null }
variable "blue_green_update" { default = null }

locals {
  # Before version 7 the input was a map, empty by default. An update over a second server needs backups.
  needs_backups = try(length(var.blue_green_update) > 0, false)
}

resource "aws_db_instance" "this" {
  halint_at  = ["multi_az", "engine"]
  count      = var.create ? 1 : 0
  identifier = var.use_identifier_prefix ? null : var.identifier
  # A replica has the engine of its source.
  engine                  = var.replicate_source_db != null ? null : var.engine
  instance_class          = var.instance_class
  port                    = var.port
  vpc_security_group_ids  = var.vpc_security_group_ids
  db_subnet_group_name    = var.db_subnet_group_name
  parameter_group_name    = var.parameter_group_name
  option_group_name       = var.option_group_name
  availability_zone       = var.availability_zone
  multi_az                = var.multi_az
  deletion_protection     = var.deletion_protection
  publicly_accessible     = var.publicly_accessible
  replicate_source_db     = var.replicate_source_db
  backup_retention_period = local.needs_backups ? coalesce(var.backup_retention_period, 1) : var.backup_retention_period
}

output "db_instance_address" { value = try(aws_db_instance.this[0].address, null) }
output "db_instance_arn" { value = try(aws_db_instance.this[0].arn, null) }
output "db_instance_availability_zone" { value = try(aws_db_instance.this[0].availability_zone, null) }
output "db_instance_endpoint" { value = try(aws_db_instance.this[0].endpoint, null) }
output "db_instance_id" { value = try(aws_db_instance.this[0].id, null) }
output "db_instance_identifier" { value = try(aws_db_instance.this[0].identifier, null) }
output "db_instance_port" { value = try(aws_db_instance.this[0].port, null) }
output "db_instance_resource_id" { value = try(aws_db_instance.this[0].resource_id, null) }

# The options of the database server of terraform-aws-modules/rds/aws; what they are is not described.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "engine_name" { default = null }

resource "aws_db_option_group" "this" {
  halint_at   = ["options"]
  count       = var.create ? 1 : 0
  name        = var.use_name_prefix ? null : var.name
  engine_name = var.engine_name
}

output "db_option_group_arn" { value = try(aws_db_option_group.this[0].arn, null) }
output "db_option_group_id" { value = try(aws_db_option_group.this[0].id, null) }

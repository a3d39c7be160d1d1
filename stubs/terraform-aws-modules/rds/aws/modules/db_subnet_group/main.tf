# The subnets in which the database server of terraform-aws-modules/rds/aws may stand.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "subnet_ids" { default = [] }

resource "aws_db_subnet_group" "this" {
  halint_at  = ["subnet_ids"]
  count      = var.create ? 1 : 0
  name       = var.use_name_prefix ? null : var.name
  subnet_ids = var.subnet_ids
}

output "db_subnet_group_arn" { value = try(aws_db_subnet_group.this[0].arn, null) }
output "db_subnet_group_id" { value = try(aws_db_subnet_group.this[0].id, null) }

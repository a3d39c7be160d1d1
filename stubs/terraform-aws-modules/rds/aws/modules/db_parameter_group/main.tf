# The settings of the database server of terraform-aws-modules/rds/aws.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "family" { default = null }
variable "parameters" { default = null }

resource "aws_db_parameter_group" "this" {
  halint_at = ["parameters", "family"]
  count     = var.create ? 1 : 0
  name      = var.use_name_prefix ? null : var.name
  family    = var.family
  dynamic "parameter" {
    for_each = var.parameters != null ? var.parameters : []
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }
}

output "db_parameter_group_arn" { value = try(aws_db_parameter_group.this[0].arn, null) }
output "db_parameter_group_id" { value = try(aws_db_parameter_group.this[0].id, null) }

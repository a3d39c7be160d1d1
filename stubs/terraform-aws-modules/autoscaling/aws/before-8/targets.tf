# Where the instances of the group are registered, up to version 7: as words of the group, or by one attachment.

variable "target_group_arns" { default = [] }
variable "load_balancers" { default = [] }
variable "create_traffic_source_attachment" { default = false }
variable "traffic_source_identifier" { default = "" }
variable "traffic_source_type" { default = "elbv2" }

resource "aws_autoscaling_traffic_source_attachment" "this" {
  halint_at              = ["traffic_source_identifier"]
  count                  = var.create && var.create_traffic_source_attachment ? 1 : 0
  autoscaling_group_name = var.ignore_desired_capacity_changes ? aws_autoscaling_group.idc[0].id : aws_autoscaling_group.this[0].id
  traffic_source {
    identifier = var.traffic_source_identifier
    type       = var.traffic_source_type
  }
}

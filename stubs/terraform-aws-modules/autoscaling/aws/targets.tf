# Where the instances of the group are registered.

variable "traffic_source_attachments" { default = null }

resource "aws_autoscaling_traffic_source_attachment" "this" {
  halint_at              = ["traffic_source_attachments"]
  for_each               = var.create && var.traffic_source_attachments != null ? var.traffic_source_attachments : {}
  autoscaling_group_name = try(aws_autoscaling_group.this[0].name, aws_autoscaling_group.idc[0].name)
  traffic_source {
    identifier = each.value.traffic_source_identifier
    type       = try(each.value.traffic_source_type, "elbv2")
  }
}

# What terraform-aws-modules/autoscaling/aws makes: an autoscaling group, its launch template and when it grows. halint's
# own words, after the module's documentation; versions 6 to 9. Left out: disks, hooks, schedules, roles, and the words
# of mixed instances other than their template.

variable "create" { default = true }
variable "name" {}
variable "tags" { default = {} }
variable "use_name_prefix" { default = true }
variable "instance_name" { default = "" }
variable "autoscaling_group_tags" { default = {} }
variable "ignore_desired_capacity_changes" { default = false }
variable "availability_zones" { default = null }
variable "vpc_zone_identifier" { default = null }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_capacity" { default = null }
variable "health_check_type" { default = null }
variable "health_check_grace_period" { default = null }
variable "use_mixed_instances_policy" { default = false }

variable "create_launch_template" { default = true }
variable "launch_template_id" { default = null }
variable "launch_template_name" { default = "" }
variable "launch_template_use_name_prefix" { default = true }
variable "image_id" { default = null }
variable "user_data" { default = null }
variable "security_groups" { default = [] }
variable "network_interfaces" { default = null }
variable "placement" { default = null }

variable "create_scaling_policy" { default = true }
variable "scaling_policies" { default = null }

locals {
  template_name = coalesce(var.launch_template_name, var.name)
  template      = var.create_launch_template ? aws_launch_template.this[0].id : var.launch_template_id
  cards         = var.network_interfaces != null ? var.network_interfaces : []
  group_tags    = merge(var.tags, { Name = coalesce(var.instance_name, var.name) }, var.autoscaling_group_tags)

  # Only old versions register targets in the group itself.
  target_group_arns = null
  load_balancers    = null
}

resource "aws_launch_template" "this" {
  halint_at              = ["launch_template_name", "name"]
  count                  = var.create_launch_template ? 1 : 0
  name                   = var.launch_template_use_name_prefix ? null : local.template_name
  name_prefix            = var.launch_template_use_name_prefix ? "${local.template_name}-" : null
  image_id               = var.image_id
  user_data              = var.user_data
  vpc_security_group_ids = length(local.cards) > 0 ? [] : var.security_groups
  dynamic "network_interfaces" {
    for_each = local.cards
    content {
      associate_public_ip_address = try(network_interfaces.value.associate_public_ip_address, null)
      security_groups             = compact(concat(try(coalesce(network_interfaces.value.security_groups, []), []), var.security_groups))
      subnet_id                   = try(network_interfaces.value.subnet_id, null)
    }
  }
  dynamic "placement" {
    for_each = try(length(var.placement), 0) > 0 ? [var.placement] : []
    content {
      availability_zone = try(placement.value.availability_zone, null)
    }
  }
}

resource "aws_autoscaling_group" "this" {
  halint_at                 = ["vpc_zone_identifier", "availability_zones", "name"]
  count                     = var.create && !var.ignore_desired_capacity_changes ? 1 : 0
  name                      = var.use_name_prefix ? null : var.name
  name_prefix               = var.use_name_prefix ? "${var.name}-" : null
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.vpc_zone_identifier
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_capacity
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  target_group_arns         = local.target_group_arns
  load_balancers            = local.load_balancers
  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [1]
    content { id = local.template }
  }
  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [1] : []
    content {
      launch_template {
        launch_template_specification { launch_template_id = local.template }
      }
    }
  }
  dynamic "tag" {
    for_each = local.group_tags
    content {
      key   = tag.key
      value = tag.value
    }
  }
}

# The same, of which Terraform leaves the number of instances to others.
resource "aws_autoscaling_group" "idc" {
  halint_at                 = ["vpc_zone_identifier", "availability_zones", "name"]
  count                     = var.create && var.ignore_desired_capacity_changes ? 1 : 0
  name                      = var.use_name_prefix ? null : var.name
  name_prefix               = var.use_name_prefix ? "${var.name}-" : null
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.vpc_zone_identifier
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_capacity
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  target_group_arns         = local.target_group_arns
  load_balancers            = local.load_balancers
  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [1]
    content { id = local.template }
  }
  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [1] : []
    content {
      launch_template {
        launch_template_specification { launch_template_id = local.template }
      }
    }
  }
  dynamic "tag" {
    for_each = local.group_tags
    content {
      key   = tag.key
      value = tag.value
    }
  }
}

resource "aws_autoscaling_policy" "this" {
  halint_at              = ["scaling_policies"]
  for_each               = var.create && var.create_scaling_policy && var.scaling_policies != null ? var.scaling_policies : {}
  autoscaling_group_name = try(aws_autoscaling_group.this[0].name, aws_autoscaling_group.idc[0].name)
  policy_type            = try(each.value.policy_type, null)
  dynamic "target_tracking_configuration" {
    for_each = try(each.value.target_tracking_configuration, null) != null ? [each.value.target_tracking_configuration] : []
    content {
      target_value = try(target_tracking_configuration.value.target_value, null)
      dynamic "predefined_metric_specification" {
        for_each = try(target_tracking_configuration.value.predefined_metric_specification, null) != null ? [target_tracking_configuration.value.predefined_metric_specification] : []
        content { predefined_metric_type = predefined_metric_specification.value.predefined_metric_type }
      }
      dynamic "customized_metric_specification" {
        for_each = try(target_tracking_configuration.value.customized_metric_specification, null) != null ? [target_tracking_configuration.value.customized_metric_specification] : []
        content { metric_name = try(customized_metric_specification.value.metric_name, null) }
      }
    }
  }
}

output "launch_template_id" { value = try(aws_launch_template.this[0].id, null) }
output "launch_template_arn" { value = try(aws_launch_template.this[0].arn, null) }
output "launch_template_name" { value = try(aws_launch_template.this[0].name, null) }
output "launch_template_latest_version" { value = try(aws_launch_template.this[0].latest_version, null) }
output "autoscaling_group_id" { value = try(aws_autoscaling_group.this[0].id, aws_autoscaling_group.idc[0].id, null) }
output "autoscaling_group_name" { value = try(aws_autoscaling_group.this[0].name, aws_autoscaling_group.idc[0].name, null) }
output "autoscaling_group_arn" { value = try(aws_autoscaling_group.this[0].arn, aws_autoscaling_group.idc[0].arn, null) }
output "autoscaling_group_min_size" { value = try(aws_autoscaling_group.this[0].min_size, aws_autoscaling_group.idc[0].min_size, null) }
output "autoscaling_group_max_size" { value = try(aws_autoscaling_group.this[0].max_size, aws_autoscaling_group.idc[0].max_size, null) }
output "autoscaling_policy_arns" { value = { for key, policy in aws_autoscaling_policy.this : key => policy.arn } }

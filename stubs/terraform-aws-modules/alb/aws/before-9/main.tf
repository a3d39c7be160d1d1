# What terraform-aws-modules/alb/aws makes in version 8, which takes lists: a load balancer with listeners, their rules,
# target groups and a security group. halint's own words, after the module's documentation. Left out: logs, conditions
# of rules, stickiness, permissions of functions, the web ACL.

variable "create_lb" { default = true }
variable "tags" { default = {} }
variable "lb_tags" { default = {} }
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "load_balancer_type" { default = "application" }
variable "internal" { default = false }
variable "enable_cross_zone_load_balancing" { default = false }
variable "enable_deletion_protection" { default = false }
variable "subnets" { default = null }
variable "subnet_mapping" { default = [] }
variable "security_groups" { default = [] }
variable "vpc_id" { default = null }

variable "target_groups" { default = [] }
variable "http_tcp_listeners" { default = [] }
variable "https_listeners" { default = [] }
variable "http_tcp_listener_rules" { default = [] }
variable "https_listener_rules" { default = [] }
variable "extra_ssl_certs" { default = [] }
variable "listener_ssl_policy_default" { default = "ELBSecurityPolicy-2016-08" }

variable "create_security_group" { default = true }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_rules" { default = {} }
variable "security_group_tags" { default = {} }

locals {
  has_group  = var.create_lb && var.create_security_group && var.load_balancer_type == "application"
  group_name = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")

  targets = merge(flatten([
    for index, group in var.target_groups : [
      for key, target in try(group.targets, {}) : { "${index}.${key}" = merge({ group_index = index }, target) }
    ]
  ])...)
}

resource "aws_lb" "this" {
  halint_at                        = ["subnets", "subnet_mapping", "name"]
  count                            = var.create_lb ? 1 : 0
  name                             = var.name
  name_prefix                      = var.name_prefix
  load_balancer_type               = var.load_balancer_type
  internal                         = var.internal
  enable_cross_zone_load_balancing = var.enable_cross_zone_load_balancing
  enable_deletion_protection       = var.enable_deletion_protection
  security_groups                  = local.has_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups
  subnets                          = var.subnets
  tags                             = merge(var.tags, var.lb_tags)
  dynamic "subnet_mapping" {
    for_each = var.subnet_mapping
    content {
      subnet_id     = subnet_mapping.value.subnet_id
      allocation_id = lookup(subnet_mapping.value, "allocation_id", null)
    }
  }
}

resource "aws_lb_target_group" "main" {
  halint_at   = ["target_groups"]
  count       = var.create_lb ? length(var.target_groups) : 0
  name        = try(var.target_groups[count.index].name, null)
  name_prefix = try(var.target_groups[count.index].name_prefix, null)
  vpc_id      = var.vpc_id
  port        = try(var.target_groups[count.index].backend_port, null)
  protocol    = try(upper(var.target_groups[count.index].backend_protocol), null)
  target_type = try(var.target_groups[count.index].target_type, null)
  dynamic "health_check" {
    for_each = try([var.target_groups[count.index].health_check], [])
    content {
      enabled  = try(health_check.value.enabled, null)
      matcher  = try(health_check.value.matcher, null)
      path     = try(health_check.value.path, null)
      port     = try(health_check.value.port, null)
      protocol = try(health_check.value.protocol, null)
    }
  }
}

resource "aws_lb_target_group_attachment" "this" {
  halint_at         = ["target_groups"]
  for_each          = { for key, target in local.targets : key => target if var.create_lb }
  target_group_arn  = aws_lb_target_group.main[each.value.group_index].arn
  target_id         = each.value.target_id
  port              = lookup(each.value, "port", null)
  availability_zone = lookup(each.value, "availability_zone", null)
}

resource "aws_lb_listener" "frontend_http_tcp" {
  halint_at         = ["http_tcp_listeners"]
  count             = var.create_lb ? length(var.http_tcp_listeners) : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = var.http_tcp_listeners[count.index].port
  protocol          = var.http_tcp_listeners[count.index].protocol
  dynamic "default_action" {
    for_each = [var.http_tcp_listeners[count.index]]
    content {
      type             = try(default_action.value.action_type, "forward")
      target_group_arn = contains(["", "forward"], try(default_action.value.action_type, "")) ? aws_lb_target_group.main[try(default_action.value.target_group_index, count.index)].id : null
      dynamic "redirect" {
        for_each = try([default_action.value.redirect], [])
        content {
          host     = try(redirect.value.host, null)
          port     = try(redirect.value.port, null)
          protocol = try(redirect.value.protocol, null)
        }
      }
      dynamic "forward" {
        for_each = try([default_action.value.forward], [])
        content {
          dynamic "target_group" {
            for_each = try(forward.value.target_groups, [])
            content { arn = aws_lb_target_group.main[target_group.value.target_group_index].id }
          }
        }
      }
    }
  }
}

resource "aws_lb_listener" "frontend_https" {
  halint_at         = ["https_listeners"]
  count             = var.create_lb ? length(var.https_listeners) : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = var.https_listeners[count.index].port
  protocol          = try(var.https_listeners[count.index].protocol, "HTTPS")
  certificate_arn   = try(var.https_listeners[count.index].certificate_arn, null)
  ssl_policy        = try(var.https_listeners[count.index].ssl_policy, var.listener_ssl_policy_default)
  dynamic "default_action" {
    for_each = [var.https_listeners[count.index]]
    content {
      type             = try(default_action.value.action_type, "forward")
      target_group_arn = contains(["", "forward"], try(default_action.value.action_type, "")) ? aws_lb_target_group.main[try(default_action.value.target_group_index, count.index)].id : null
      dynamic "redirect" {
        for_each = try([default_action.value.redirect], [])
        content {
          host     = try(redirect.value.host, null)
          port     = try(redirect.value.port, null)
          protocol = try(redirect.value.protocol, null)
        }
      }
      dynamic "forward" {
        for_each = try([default_action.value.forward], [])
        content {
          dynamic "target_group" {
            for_each = try(forward.value.target_groups, [])
            content { arn = aws_lb_target_group.main[target_group.value.target_group_index].id }
          }
        }
      }
    }
  }
  # Who has shown a name is sent on.
  dynamic "default_action" {
    for_each = contains(["authenticate-oidc", "authenticate-cognito"], try(var.https_listeners[count.index].action_type, "")) ? [var.https_listeners[count.index]] : []
    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.main[try(default_action.value.target_group_index, count.index)].id
    }
  }
}

resource "aws_lb_listener_rule" "http_tcp_listener_rule" {
  halint_at    = ["http_tcp_listener_rules"]
  count        = var.create_lb ? length(var.http_tcp_listener_rules) : 0
  listener_arn = aws_lb_listener.frontend_http_tcp[try(var.http_tcp_listener_rules[count.index].http_tcp_listener_index, count.index)].arn
  priority     = try(var.http_tcp_listener_rules[count.index].priority, null)
  dynamic "action" {
    for_each = [for action in var.http_tcp_listener_rules[count.index].actions : action if startswith(action.type, "authenticate-")]
    content { type = action.value.type }
  }
  dynamic "action" {
    for_each = [for action in var.http_tcp_listener_rules[count.index].actions : action if action.type == "redirect"]
    content {
      type = "redirect"
      redirect {
        host     = try(action.value.host, null)
        port     = try(action.value.port, null)
        protocol = try(action.value.protocol, null)
      }
    }
  }
  dynamic "action" {
    for_each = [for action in var.http_tcp_listener_rules[count.index].actions : action if action.type == "fixed-response"]
    content { type = "fixed-response" }
  }
  dynamic "action" {
    for_each = [for action in var.http_tcp_listener_rules[count.index].actions : action if action.type == "forward"]
    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.main[try(action.value.target_group_index, count.index)].id
    }
  }
  dynamic "action" {
    for_each = [for action in var.http_tcp_listener_rules[count.index].actions : action if action.type == "weighted-forward"]
    content {
      type = "forward"
      forward {
        dynamic "target_group" {
          for_each = action.value.target_groups
          content { arn = aws_lb_target_group.main[target_group.value.target_group_index].id }
        }
      }
    }
  }
}

resource "aws_lb_listener_rule" "https_listener_rule" {
  halint_at    = ["https_listener_rules"]
  count        = var.create_lb ? length(var.https_listener_rules) : 0
  listener_arn = aws_lb_listener.frontend_https[try(var.https_listener_rules[count.index].https_listener_index, count.index)].arn
  priority     = try(var.https_listener_rules[count.index].priority, null)
  dynamic "action" {
    for_each = [for action in var.https_listener_rules[count.index].actions : action if startswith(action.type, "authenticate-")]
    content { type = action.value.type }
  }
  dynamic "action" {
    for_each = [for action in var.https_listener_rules[count.index].actions : action if action.type == "redirect"]
    content {
      type = "redirect"
      redirect {
        host     = try(action.value.host, null)
        port     = try(action.value.port, null)
        protocol = try(action.value.protocol, null)
      }
    }
  }
  dynamic "action" {
    for_each = [for action in var.https_listener_rules[count.index].actions : action if action.type == "fixed-response"]
    content { type = "fixed-response" }
  }
  dynamic "action" {
    for_each = [for action in var.https_listener_rules[count.index].actions : action if action.type == "forward"]
    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.main[try(action.value.target_group_index, count.index)].id
    }
  }
  dynamic "action" {
    for_each = [for action in var.https_listener_rules[count.index].actions : action if action.type == "weighted-forward"]
    content {
      type = "forward"
      forward {
        dynamic "target_group" {
          for_each = action.value.target_groups
          content { arn = aws_lb_target_group.main[target_group.value.target_group_index].id }
        }
      }
    }
  }
}

resource "aws_lb_listener_certificate" "https_listener" {
  halint_at       = ["extra_ssl_certs"]
  count           = var.create_lb ? length(var.extra_ssl_certs) : 0
  listener_arn    = aws_lb_listener.frontend_https[var.extra_ssl_certs[count.index].https_listener_index].arn
  certificate_arn = var.extra_ssl_certs[count.index].certificate_arn
}

resource "aws_security_group" "this" {
  halint_at   = ["security_group_name", "name"]
  count       = local.has_group ? 1 : 0
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })
}

resource "aws_security_group_rule" "this" {
  halint_at                = ["security_group_rules"]
  for_each                 = { for key, rule in var.security_group_rules : key => rule if local.has_group }
  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  ipv6_cidr_blocks         = lookup(each.value, "ipv6_cidr_blocks", null)
  prefix_list_ids          = lookup(each.value, "prefix_list_ids", null)
  self                     = lookup(each.value, "self", null)
  source_security_group_id = lookup(each.value, "source_security_group_id", null)
}

output "lb_id" { value = try(aws_lb.this[0].id, "") }
output "lb_arn" { value = try(aws_lb.this[0].arn, "") }
output "lb_arn_suffix" { value = try(aws_lb.this[0].arn_suffix, "") }
output "lb_dns_name" { value = try(aws_lb.this[0].dns_name, "") }
output "lb_zone_id" { value = try(aws_lb.this[0].zone_id, "") }
output "http_tcp_listener_arns" { value = aws_lb_listener.frontend_http_tcp[*].arn }
output "http_tcp_listener_ids" { value = aws_lb_listener.frontend_http_tcp[*].id }
output "https_listener_arns" { value = aws_lb_listener.frontend_https[*].arn }
output "https_listener_ids" { value = aws_lb_listener.frontend_https[*].id }
output "target_group_arns" { value = aws_lb_target_group.main[*].arn }
output "target_group_names" { value = aws_lb_target_group.main[*].name }
output "target_group_arn_suffixes" { value = aws_lb_target_group.main[*].arn_suffix }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }

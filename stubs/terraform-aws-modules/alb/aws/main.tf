# What terraform-aws-modules/alb/aws makes: a load balancer with listeners, their rules, target groups, a security group
# and names. halint's own words, after the module's documentation; versions 9 and newer, which take maps. Left out:
# logs, conditions of rules, stickiness, permissions of functions, the web ACL.

variable "create" { default = true }
variable "tags" { default = {} }
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "load_balancer_type" { default = "application" }
variable "internal" { default = null }
variable "enable_cross_zone_load_balancing" { default = true }
variable "enable_deletion_protection" { default = true }
variable "security_groups" { default = [] }
variable "subnets" { default = null }
variable "subnet_mapping" { default = null }

variable "default_port" { default = 80 }
variable "default_protocol" { default = "HTTP" }
variable "listeners" { default = {} }
variable "target_groups" { default = null }
variable "additional_target_group_attachments" { default = null }

variable "create_security_group" { default = true }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "vpc_id" { default = null }
variable "security_group_ingress_rules" { default = null }
variable "security_group_egress_rules" { default = null }
variable "security_group_tags" { default = {} }
variable "route53_records" { default = null }

locals {
  default_ssl_policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  # One port says both ends of the range.
  fills_ports = true

  has_group  = var.create && var.create_security_group
  group_name = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")
  groups     = var.create && var.target_groups != null ? var.target_groups : {}

  rules = flatten([
    for listener, values in var.listeners : [
      for rule, words in try(values.rules, {}) : merge(words, { listener_key = listener, rule_key = rule })
    ]
  ])
  more_certificates = merge([
    for listener, values in var.listeners : {
      for index, arn in try(values.additional_certificate_arns, []) : "${listener}/${index}" => { listener = listener, arn = arn }
    }
  ]...)
}

resource "aws_lb" "this" {
  halint_at                        = ["subnets", "subnet_mapping", "name"]
  count                            = var.create ? 1 : 0
  name                             = var.name
  name_prefix                      = var.name_prefix
  load_balancer_type               = var.load_balancer_type
  internal                         = var.internal
  enable_cross_zone_load_balancing = var.enable_cross_zone_load_balancing
  enable_deletion_protection       = var.enable_deletion_protection
  security_groups                  = var.create_security_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups
  subnets                          = var.subnets
  tags                             = var.tags
  dynamic "subnet_mapping" {
    for_each = var.subnet_mapping != null ? var.subnet_mapping : []
    content {
      subnet_id     = subnet_mapping.value.subnet_id
      allocation_id = try(subnet_mapping.value.allocation_id, null)
    }
  }
}

# Each way to answer is a word of the listener: `forward`, `redirect`, ...
resource "aws_lb_listener" "this" {
  halint_at         = ["listeners"]
  for_each          = { for key, listener in var.listeners : key => listener if var.create }
  load_balancer_arn = aws_lb.this[0].arn
  port              = try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol) == "GENEVE" ? null : try(coalesce(each.value.port, var.default_port), var.default_port)
  protocol          = try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol) == "GENEVE" ? null : try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol)
  ssl_policy        = contains(["HTTPS", "TLS"], try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol)) ? try(coalesce(each.value.ssl_policy, local.default_ssl_policy), local.default_ssl_policy) : try(each.value.ssl_policy, null)
  certificate_arn   = try(each.value.certificate_arn, null)
  dynamic "default_action" {
    for_each = try(each.value.authenticate_cognito, null) != null ? [1] : []
    content { type = "authenticate-cognito" }
  }
  dynamic "default_action" {
    for_each = try(each.value.authenticate_oidc, null) != null ? [1] : []
    content { type = "authenticate-oidc" }
  }
  dynamic "default_action" {
    for_each = try(each.value.jwt_validation, null) != null ? [1] : []
    content { type = "jwt-validation" }
  }
  dynamic "default_action" {
    for_each = try(each.value.fixed_response, null) != null ? [1] : []
    content { type = "fixed-response" }
  }
  dynamic "default_action" {
    for_each = try(each.value.forward, null) != null ? [each.value.forward] : []
    content {
      type             = "forward"
      target_group_arn = try(aws_lb_target_group.this[default_action.value.target_group_key].arn, default_action.value.target_group_arn, default_action.value.arn, null)
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.weighted_forward, null) != null ? [each.value.weighted_forward] : []
    content {
      type = "forward"
      forward {
        dynamic "target_group" {
          for_each = try(default_action.value.target_groups, null) != null ? default_action.value.target_groups : []
          content {
            arn    = try(aws_lb_target_group.this[target_group.value.target_group_key].arn, target_group.value.target_group_arn, target_group.value.arn, null)
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.redirect, null) != null ? [each.value.redirect] : []
    content {
      type = "redirect"
      redirect {
        host     = try(default_action.value.host, null)
        port     = try(default_action.value.port, null)
        protocol = try(default_action.value.protocol, null)
      }
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  halint_at    = ["listeners"]
  for_each     = { for rule in local.rules : "${rule.listener_key}/${rule.rule_key}" => rule if var.create }
  listener_arn = try(coalesce(each.value.listener_arn, aws_lb_listener.this[each.value.listener_key].arn), aws_lb_listener.this[each.value.listener_key].arn)
  priority     = try(each.value.priority, null)
  dynamic "action" {
    for_each = [for action in each.value.actions : action if try(action.authenticate_cognito, null) != null]
    content { type = "authenticate-cognito" }
  }
  dynamic "action" {
    for_each = [for action in each.value.actions : action if try(action.authenticate_oidc, null) != null]
    content { type = "authenticate-oidc" }
  }
  dynamic "action" {
    for_each = [for action in each.value.actions : action if try(action.jwt_validation, null) != null]
    content { type = "jwt-validation" }
  }
  dynamic "action" {
    for_each = [for action in each.value.actions : action if try(action.fixed_response, null) != null]
    content { type = "fixed-response" }
  }
  dynamic "action" {
    for_each = [for action in each.value.actions : action.forward if try(action.forward, null) != null]
    content {
      type             = "forward"
      target_group_arn = try(aws_lb_target_group.this[action.value.target_group_key].arn, action.value.target_group_arn, null)
    }
  }
  dynamic "action" {
    for_each = [for action in each.value.actions : action.redirect if try(action.redirect, null) != null]
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
    for_each = [for action in each.value.actions : action.weighted_forward if try(action.weighted_forward, null) != null]
    content {
      type = "forward"
      forward {
        dynamic "target_group" {
          for_each = try(action.value.target_groups, null) != null ? action.value.target_groups : []
          content {
            arn    = try(aws_lb_target_group.this[target_group.value.target_group_key].arn, target_group.value.target_group_arn, null)
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
}

resource "aws_lb_listener_certificate" "this" {
  halint_at       = ["listeners"]
  for_each        = var.create ? local.more_certificates : {}
  listener_arn    = aws_lb_listener.this[each.value.listener].arn
  certificate_arn = each.value.arn
}

resource "aws_lb_target_group" "this" {
  halint_at   = ["target_groups"]
  for_each    = local.groups
  name        = try(each.value.name, null)
  name_prefix = try(each.value.name_prefix, null)
  port        = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.port, var.default_port), var.default_port)
  protocol    = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol)
  target_type = try(each.value.target_type, null)
  vpc_id      = try(coalesce(each.value.vpc_id, var.vpc_id), var.vpc_id)
  dynamic "health_check" {
    for_each = try(each.value.health_check, null) != null ? [each.value.health_check] : []
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
  for_each          = { for key, group in local.groups : key => group if try(coalesce(group.create_attachment, true), true) }
  target_group_arn  = aws_lb_target_group.this[each.key].arn
  target_id         = try(each.value.target_id, null)
  port              = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.port, var.default_port), var.default_port)
  availability_zone = try(each.value.availability_zone, null)
}

resource "aws_lb_target_group_attachment" "additional" {
  halint_at         = ["additional_target_group_attachments"]
  for_each          = var.create && var.additional_target_group_attachments != null ? var.additional_target_group_attachments : {}
  target_group_arn  = aws_lb_target_group.this[each.value.target_group_key].arn
  target_id         = each.value.target_id
  port              = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.port, var.default_port), var.default_port)
  availability_zone = try(each.value.availability_zone, null)
}

resource "aws_security_group" "this" {
  halint_at   = ["security_group_name", "name"]
  count       = local.has_group ? 1 : 0
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  halint_at                    = ["security_group_ingress_rules"]
  for_each                     = local.has_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(coalesce(each.value.ip_protocol, "tcp"), "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = local.fills_ports ? try(coalesce(try(each.value.to_port, null), try(each.value.from_port, null)), null) : try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  halint_at                    = ["security_group_egress_rules"]
  for_each                     = local.has_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(coalesce(each.value.ip_protocol, "tcp"), "tcp")
  from_port                    = local.fills_ports ? try(coalesce(try(each.value.from_port, null), try(each.value.to_port, null)), null) : try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
}

resource "aws_route53_record" "this" {
  halint_at = ["route53_records"]
  for_each  = var.create && var.route53_records != null ? var.route53_records : {}
  zone_id   = each.value.zone_id
  name      = try(coalesce(each.value.name, each.key), each.key)
  type      = each.value.type
  alias {
    name                   = aws_lb.this[0].dns_name
    zone_id                = aws_lb.this[0].zone_id
    evaluate_target_health = true
  }
}

output "id" { value = try(aws_lb.this[0].id, null) }
output "arn" { value = try(aws_lb.this[0].arn, null) }
output "arn_suffix" { value = try(aws_lb.this[0].arn_suffix, null) }
output "dns_name" { value = try(aws_lb.this[0].dns_name, null) }
output "zone_id" { value = try(aws_lb.this[0].zone_id, null) }
output "listeners" { value = aws_lb_listener.this }
output "listener_rules" { value = aws_lb_listener_rule.this }
output "target_groups" { value = aws_lb_target_group.this }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
output "route53_records" { value = aws_route53_record.this }

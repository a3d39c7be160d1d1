# What terraform-aws-modules/route53/aws makes from version 6 on: one zone and its names. halint's own words, after the
# module's documentation. Left out: DNSSEC, routing policies.

variable "create" { default = true }
variable "create_zone" { default = true }
variable "ignore_vpc" { default = false }
variable "private_zone" { default = false }
variable "vpc_id" { default = null }
variable "name" { default = "" }
variable "records" { default = {} }

locals {
  zone_id   = try(aws_route53_zone.this[0].id, aws_route53_zone.ignore_vpc[0].id, data.aws_route53_zone.this[0].id, null)
  zone_name = try(aws_route53_zone.this[0].name, aws_route53_zone.ignore_vpc[0].name, data.aws_route53_zone.this[0].name, null)
}

data "aws_route53_zone" "this" {
  count        = var.create && !var.create_zone ? 1 : 0
  name         = var.name
  private_zone = var.private_zone
  vpc_id       = var.vpc_id
}

resource "aws_route53_zone" "this" {
  halint_at = ["name"]
  count     = var.create && var.create_zone && !var.ignore_vpc ? 1 : 0
  name      = var.name
}

resource "aws_route53_zone" "ignore_vpc" {
  halint_at = ["name"]
  count     = var.create && var.create_zone && var.ignore_vpc ? 1 : 0
  name      = var.name
}

# A name without its zone, unless it is given in full.
resource "aws_route53_record" "this" {
  halint_at = ["records"]
  for_each  = { for key, record in var.records : key => record if var.create }
  zone_id   = local.zone_id
  name      = try(coalesce(each.value.full_name), "${try(coalesce(each.value.name), each.key)}.${local.zone_name}")
  type      = each.value.type
  records   = try(each.value.records, null)
  dynamic "alias" {
    for_each = try(each.value.alias, null) != null ? [each.value.alias] : []
    content {
      name    = alias.value.name
      zone_id = alias.value.zone_id
    }
  }
}

output "id" { value = local.zone_id }
output "arn" { value = try(aws_route53_zone.this[0].arn, aws_route53_zone.ignore_vpc[0].arn, data.aws_route53_zone.this[0].arn, null) }
output "name" { value = local.zone_name }
output "name_servers" { value = try(aws_route53_zone.this[0].name_servers, aws_route53_zone.ignore_vpc[0].name_servers, data.aws_route53_zone.this[0].name_servers, null) }
output "records" { value = aws_route53_record.this }

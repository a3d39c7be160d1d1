# What terraform-aws-modules/route53/aws//modules/records makes up to version 5: names of a zone. halint's own words,
# after the module's documentation. Left out: routing policies.

variable "create" { default = true }
variable "zone_id" { default = null }
variable "zone_name" { default = null }
variable "private_zone" { default = false }
variable "records" { default = [] }
variable "records_jsonencoded" { default = null }

locals {
  is_on   = var.create && (var.zone_id != null || var.zone_name != null)
  records = concat(var.records, try(jsondecode(var.records_jsonencoded), []))
  by_key  = { for record in local.records : try(record.key, join(" ", compact(["${record.name} ${record.type}", try(record.set_identifier, "")]))) => record }
}

data "aws_route53_zone" "this" {
  count        = local.is_on ? 1 : 0
  zone_id      = var.zone_id
  name         = var.zone_name
  private_zone = var.private_zone
}

resource "aws_route53_record" "this" {
  halint_at = ["records", "records_jsonencoded"]
  for_each  = { for key, record in local.by_key : key => record if local.is_on }
  zone_id   = data.aws_route53_zone.this[0].zone_id
  name      = each.value.name == "" ? data.aws_route53_zone.this[0].name : try(each.value.full_name_override, false) ? each.value.name : "${each.value.name}.${data.aws_route53_zone.this[0].name}"
  type      = each.value.type
  records   = try(each.value.records, null)
  dynamic "alias" {
    for_each = length(try(each.value.alias, {})) > 0 ? [each.value.alias] : []
    content {
      name    = alias.value.name
      zone_id = try(alias.value.zone_id, data.aws_route53_zone.this[0].zone_id)
    }
  }
}

output "route53_record_name" { value = { for key, record in aws_route53_record.this : key => record.name } }
output "route53_record_fqdn" { value = { for key, record in aws_route53_record.this : key => record.fqdn } }

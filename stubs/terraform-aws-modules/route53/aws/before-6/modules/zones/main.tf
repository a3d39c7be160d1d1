# What terraform-aws-modules/route53/aws//modules/zones makes up to version 5: zones. halint's own words, after the
# module's documentation.

variable "create" { default = true }
variable "zones" { default = {} }
variable "tags" { default = {} }

resource "aws_route53_zone" "this" {
  halint_at = ["zones"]
  for_each  = { for key, zone in var.zones : key => zone if var.create }
  name      = try(each.value.domain_name, each.key)
  tags      = merge(try(each.value.tags, {}), var.tags)
}

output "route53_zone_zone_id" { value = { for key, zone in aws_route53_zone.this : key => zone.zone_id } }
output "route53_zone_zone_arn" { value = { for key, zone in aws_route53_zone.this : key => zone.arn } }
output "route53_zone_name" { value = { for key, zone in aws_route53_zone.this : key => zone.name } }
output "route53_zone_name_servers" { value = { for key, zone in aws_route53_zone.this : key => zone.name_servers } }

# What terraform-aws-modules/acm/aws makes: a certificate and the names that prove who owns its domains. halint's own
# words, after the module's documentation; versions 3 and newer.

variable "create_certificate" { default = true }
variable "create_route53_records_only" { default = false }
variable "validate_certificate" { default = true }
variable "wait_for_validation" { default = true }
variable "domain_name" { default = "" }
variable "subject_alternative_names" { default = [] }
variable "validation_method" { default = null }
variable "create_route53_records" { default = true }
variable "validation_record_fqdns" { default = [] }
variable "zone_id" { default = "" }
variable "tags" { default = {} }
variable "acm_certificate_domain_validation_options" { default = {} }
variable "distinct_domain_names" { default = [] }

locals {
  # A wildcard is proven by its domain.
  domains     = coalescelist(var.distinct_domain_names, distinct([for name in concat([var.domain_name], var.subject_alternative_names) : replace(name, "*.", "")]))
  makes_names = var.create_route53_records && (var.create_route53_records_only || var.create_certificate && var.validate_certificate)
  proofs      = try(tolist(aws_acm_certificate.this[0].domain_validation_options), tolist(var.acm_certificate_domain_validation_options), [])
}

resource "aws_acm_certificate" "this" {
  halint_at                 = ["domain_name"]
  count                     = var.create_certificate ? 1 : 0
  domain_name               = var.domain_name
  subject_alternative_names = var.subject_alternative_names
  validation_method         = var.validation_method
  tags                      = var.tags
}

resource "aws_route53_record" "validation" {
  halint_at = ["zone_id", "domain_name"]
  count     = local.makes_names && var.validation_method == "DNS" ? length(local.domains) : 0
  name      = element(local.proofs, count.index).resource_record_name
  type      = element(local.proofs, count.index).resource_record_type
}

resource "aws_acm_certificate_validation" "this" {
  count           = var.create_certificate && var.validation_method != null && var.validate_certificate && var.wait_for_validation ? 1 : 0
  certificate_arn = aws_acm_certificate.this[0].arn
}

output "acm_certificate_arn" { value = try(aws_acm_certificate_validation.this[0].certificate_arn, aws_acm_certificate.this[0].arn, "") }
output "acm_certificate_domain_validation_options" { value = flatten(aws_acm_certificate.this[*].domain_validation_options) }
output "validation_route53_record_fqdns" { value = aws_route53_record.validation[*].fqdn }
output "distinct_domain_names" { value = local.domains }

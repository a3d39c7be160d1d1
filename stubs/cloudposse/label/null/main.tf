# What cloudposse/label/null computes: names and tags, and whether a module is enabled. It makes nothing itself.
# halint's own words, after the module's documentation; versions from 0.25. What a name is cut to that is too long is not described.

variable "context" {
  default = {
    enabled             = true
    namespace           = null
    tenant              = null
    environment         = null
    stage               = null
    name                = null
    delimiter           = null
    attributes          = []
    tags                = {}
    additional_tag_map  = {}
    label_order         = []
    regex_replace_chars = null
    id_length_limit     = null
    label_key_case      = null
    label_value_case    = null
    descriptor_formats  = {}
    labels_as_tags      = ["unset"]
  }
}
variable "enabled" { default = null }
variable "namespace" { default = null }
variable "tenant" { default = null }
variable "environment" { default = null }
variable "stage" { default = null }
variable "name" { default = null }
variable "delimiter" { default = null }
variable "attributes" { default = [] }
variable "tags" { default = {} }
variable "id_length_limit" { default = null }
variable "label_order" { default = null }
variable "regex_replace_chars" { default = null }
variable "label_key_case" { default = null }
variable "label_value_case" { default = null }
variable "labels_as_tags" { default = ["default"] }

locals {
  # What is given here comes first; attributes and tags are added to those of the context.
  merged = merge(var.context, {
    enabled             = var.enabled == null ? try(var.context.enabled, true) : var.enabled
    namespace           = var.namespace == null ? try(var.context.namespace, null) : var.namespace
    tenant              = var.tenant == null ? try(var.context.tenant, null) : var.tenant
    environment         = var.environment == null ? try(var.context.environment, null) : var.environment
    stage               = var.stage == null ? try(var.context.stage, null) : var.stage
    name                = var.name == null ? try(var.context.name, null) : var.name
    delimiter           = var.delimiter == null ? try(var.context.delimiter, null) : var.delimiter
    attributes          = compact(distinct(concat(try(coalesce(var.context.attributes, []), []), coalesce(var.attributes, []))))
    tags                = merge(try(var.context.tags, {}), var.tags)
    id_length_limit     = var.id_length_limit == null ? try(var.context.id_length_limit, null) : var.id_length_limit
    label_order         = var.label_order == null ? try(var.context.label_order, null) : var.label_order
    regex_replace_chars = var.regex_replace_chars == null ? try(var.context.regex_replace_chars, null) : var.regex_replace_chars
    label_key_case      = var.label_key_case == null ? try(var.context.label_key_case, null) : var.label_key_case
    label_value_case    = var.label_value_case == null ? try(var.context.label_value_case, null) : var.label_value_case
    labels_as_tags      = try(contains(var.context.labels_as_tags, "unset"), true) ? var.labels_as_tags : var.context.labels_as_tags
  })

  enabled    = local.merged.enabled
  delimiter  = local.merged.delimiter == null ? "-" : local.merged.delimiter
  dropped    = coalesce(local.merged.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  value_case = coalesce(local.merged.label_value_case, "lower")
  key_case   = coalesce(local.merged.label_key_case, "title")
  order      = try(coalescelist(local.merged.label_order, local.usual_order), local.usual_order)

  usual_order = ["namespace", "environment", "stage", "name", "attributes"]
  given       = { for k in ["namespace", "tenant", "environment", "stage", "name"] : k => try(replace(coalesce(local.merged[k], ""), local.dropped, ""), "") }
  words       = { for k, v in local.given : k => local.value_case == "none" ? v : local.value_case == "title" ? title(lower(v)) : local.value_case == "upper" ? upper(v) : lower(v) }
  kept        = compact(distinct([for v in local.merged.attributes : replace(v, local.dropped, "")]))
  attributes  = [for v in local.kept : local.value_case == "none" ? v : local.value_case == "title" ? title(lower(v)) : local.value_case == "upper" ? upper(v) : lower(v)]
  parts       = merge(local.words, { attributes = join(local.delimiter, local.attributes) })
  id_full     = join(local.delimiter, [for part in local.order : local.parts[part] if length(local.parts[part]) > 0])
  limit       = local.merged.id_length_limit == null ? 0 : local.merged.id_length_limit
  id          = local.limit != 0 && length(local.id_full) > local.limit ? uuid() : local.id_full

  tag_values = merge(local.parts, { name = local.id })
  tag_names  = contains(local.merged.labels_as_tags, "default") ? keys(local.tag_values) : local.merged.labels_as_tags
  own_tags   = { for k in local.tag_names : (local.key_case == "upper" ? upper(k) : local.key_case == "lower" ? lower(k) : title(k)) => local.tag_values[k] if length(local.tag_values[k]) > 0 }
  tags       = merge(local.own_tags, local.merged.tags)
}

output "enabled" { value = local.enabled }
output "id" { value = local.enabled ? local.id : "" }
output "id_full" { value = local.enabled ? local.id_full : "" }
output "namespace" { value = local.enabled ? local.words.namespace : "" }
output "tenant" { value = local.enabled ? local.words.tenant : "" }
output "environment" { value = local.enabled ? local.words.environment : "" }
output "stage" { value = local.enabled ? local.words.stage : "" }
output "name" { value = local.enabled ? local.words.name : "" }
output "delimiter" { value = local.enabled ? local.delimiter : "" }
output "attributes" { value = local.enabled ? local.attributes : [] }
output "tags" { value = local.enabled ? local.tags : {} }
output "context" { value = local.merged }
output "normalized_context" { value = local.merged }

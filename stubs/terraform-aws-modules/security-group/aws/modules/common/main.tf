# What the submodules of terraform-aws-modules/security-group/aws have in common: a security group with rules of its own,
# to which the inputs of the module add. halint's own words, after the module's documentation.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "vpc_id" { default = null }
variable "tags" { default = {} }

variable "ingress_rules" { default = [] }
variable "ingress_with_self" { default = [] }
variable "egress_rules" { default = [] }
variable "egress_with_self" { default = [] }
variable "ingress_with_source_security_group_id" { default = [] }
variable "ingress_with_cidr_blocks" { default = [] }
variable "ingress_with_ipv6_cidr_blocks" { default = [] }
variable "ingress_with_prefix_list_ids" { default = [] }
variable "computed_ingress_with_source_security_group_id" { default = [] }
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "computed_ingress_with_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_cidr_blocks" { default = 0 }
variable "computed_ingress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" { default = 0 }
variable "computed_ingress_with_prefix_list_ids" { default = [] }
variable "number_of_computed_ingress_with_prefix_list_ids" { default = 0 }
variable "computed_ingress_rules" { default = [] }
variable "number_of_computed_ingress_rules" { default = 0 }
variable "computed_ingress_with_self" { default = [] }
variable "number_of_computed_ingress_with_self" { default = 0 }
variable "ingress_cidr_blocks" { default = [] }
variable "ingress_ipv6_cidr_blocks" { default = [] }
variable "ingress_prefix_list_ids" { default = [] }
variable "egress_with_source_security_group_id" { default = [] }
variable "egress_with_cidr_blocks" { default = [] }
variable "egress_with_ipv6_cidr_blocks" { default = [] }
variable "egress_with_prefix_list_ids" { default = [] }
variable "computed_egress_with_source_security_group_id" { default = [] }
variable "number_of_computed_egress_with_source_security_group_id" { default = 0 }
variable "computed_egress_with_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_cidr_blocks" { default = 0 }
variable "computed_egress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_ipv6_cidr_blocks" { default = 0 }
variable "computed_egress_with_prefix_list_ids" { default = [] }
variable "number_of_computed_egress_with_prefix_list_ids" { default = 0 }
variable "computed_egress_rules" { default = [] }
variable "number_of_computed_egress_rules" { default = 0 }
variable "computed_egress_with_self" { default = [] }
variable "number_of_computed_egress_with_self" { default = 0 }
variable "egress_cidr_blocks" { default = ["0.0.0.0/0"] }
variable "egress_ipv6_cidr_blocks" { default = ["::/0"] }
variable "egress_prefix_list_ids" { default = [] }

locals {
  # The names of the rules that the submodule is for.
  own_rules = []
}

module "sg" {
  source = "../../"

  create          = var.create
  name            = var.name
  use_name_prefix = var.use_name_prefix
  vpc_id          = var.vpc_id
  tags            = var.tags

  # Members may talk with each other, and with everybody outside.
  ingress_rules     = sort(compact(distinct(concat(local.own_rules, var.ingress_rules))))
  ingress_with_self = concat([{ rule = "all-all" }], var.ingress_with_self)
  egress_rules      = sort(compact(distinct(concat(["all-all"], var.egress_rules))))
  egress_with_self  = var.egress_with_self

  ingress_with_source_security_group_id                    = var.ingress_with_source_security_group_id
  ingress_with_cidr_blocks                                 = var.ingress_with_cidr_blocks
  ingress_with_ipv6_cidr_blocks                            = var.ingress_with_ipv6_cidr_blocks
  ingress_with_prefix_list_ids                             = var.ingress_with_prefix_list_ids
  computed_ingress_with_source_security_group_id           = var.computed_ingress_with_source_security_group_id
  number_of_computed_ingress_with_source_security_group_id = var.number_of_computed_ingress_with_source_security_group_id
  computed_ingress_with_cidr_blocks                        = var.computed_ingress_with_cidr_blocks
  number_of_computed_ingress_with_cidr_blocks              = var.number_of_computed_ingress_with_cidr_blocks
  computed_ingress_with_ipv6_cidr_blocks                   = var.computed_ingress_with_ipv6_cidr_blocks
  number_of_computed_ingress_with_ipv6_cidr_blocks         = var.number_of_computed_ingress_with_ipv6_cidr_blocks
  computed_ingress_with_prefix_list_ids                    = var.computed_ingress_with_prefix_list_ids
  number_of_computed_ingress_with_prefix_list_ids          = var.number_of_computed_ingress_with_prefix_list_ids
  computed_ingress_rules                                   = var.computed_ingress_rules
  number_of_computed_ingress_rules                         = var.number_of_computed_ingress_rules
  computed_ingress_with_self                               = var.computed_ingress_with_self
  number_of_computed_ingress_with_self                     = var.number_of_computed_ingress_with_self
  ingress_cidr_blocks                                      = var.ingress_cidr_blocks
  ingress_ipv6_cidr_blocks                                 = var.ingress_ipv6_cidr_blocks
  ingress_prefix_list_ids                                  = var.ingress_prefix_list_ids
  egress_with_source_security_group_id                     = var.egress_with_source_security_group_id
  egress_with_cidr_blocks                                  = var.egress_with_cidr_blocks
  egress_with_ipv6_cidr_blocks                             = var.egress_with_ipv6_cidr_blocks
  egress_with_prefix_list_ids                              = var.egress_with_prefix_list_ids
  computed_egress_with_source_security_group_id            = var.computed_egress_with_source_security_group_id
  number_of_computed_egress_with_source_security_group_id  = var.number_of_computed_egress_with_source_security_group_id
  computed_egress_with_cidr_blocks                         = var.computed_egress_with_cidr_blocks
  number_of_computed_egress_with_cidr_blocks               = var.number_of_computed_egress_with_cidr_blocks
  computed_egress_with_ipv6_cidr_blocks                    = var.computed_egress_with_ipv6_cidr_blocks
  number_of_computed_egress_with_ipv6_cidr_blocks          = var.number_of_computed_egress_with_ipv6_cidr_blocks
  computed_egress_with_prefix_list_ids                     = var.computed_egress_with_prefix_list_ids
  number_of_computed_egress_with_prefix_list_ids           = var.number_of_computed_egress_with_prefix_list_ids
  computed_egress_rules                                    = var.computed_egress_rules
  number_of_computed_egress_rules                          = var.number_of_computed_egress_rules
  computed_egress_with_self                                = var.computed_egress_with_self
  number_of_computed_egress_with_self                      = var.number_of_computed_egress_with_self
  egress_cidr_blocks                                       = var.egress_cidr_blocks
  egress_ipv6_cidr_blocks                                  = var.egress_ipv6_cidr_blocks
  egress_prefix_list_ids                                   = var.egress_prefix_list_ids
}

output "security_group_id" { value = module.sg.security_group_id }
output "security_group_arn" { value = module.sg.security_group_arn }
output "security_group_vpc_id" { value = module.sg.security_group_vpc_id }
output "security_group_name" { value = module.sg.security_group_name }

# Their names in version 3.
output "this_security_group_id" { value = module.sg.this_security_group_id }
output "this_security_group_vpc_id" { value = module.sg.this_security_group_vpc_id }
output "this_security_group_name" { value = module.sg.this_security_group_name }

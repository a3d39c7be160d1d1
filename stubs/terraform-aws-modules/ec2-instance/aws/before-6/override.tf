# Up to version 5 the instance has only the security groups that it is given.

variable "vpc_security_group_ids" { default = null }

locals {
  has_group = false
  groups    = var.vpc_security_group_ids
  tags      = merge({ Name = var.name }, var.instance_tags, var.tags)
}

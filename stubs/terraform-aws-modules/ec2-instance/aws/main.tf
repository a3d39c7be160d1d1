# What terraform-aws-modules/ec2-instance/aws makes: one instance, and if asked for its security group and a public
# address that stays. halint's own words, after the module's documentation; versions 3 and newer. Left out: disks, roles.

variable "create" { default = true }
variable "name" { default = "" }
variable "tags" { default = {} }
variable "instance_tags" { default = {} }
variable "ami" { default = null }
variable "ignore_ami_changes" { default = false }
variable "instance_type" { default = "t3.micro" }
variable "create_spot_instance" { default = false }
variable "availability_zone" { default = null }
variable "subnet_id" { default = null }
variable "associate_public_ip_address" { default = null }
variable "private_ip" { default = null }
variable "source_dest_check" { default = null }
variable "user_data" { default = null }
variable "user_data_base64" { default = null }
variable "launch_template" { default = null }
variable "network_interface" { default = null }
variable "vpc_security_group_ids" { default = [] }

variable "create_security_group" { default = true }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_vpc_id" { default = null }
variable "security_group_tags" { default = {} }
variable "security_group_ingress_rules" { default = null }
variable "security_group_egress_rules" {
  default = {
    ipv4_default = { cidr_ipv4 = "0.0.0.0/0", ip_protocol = "-1" }
    ipv6_default = { cidr_ipv6 = "::/0", ip_protocol = "-1" }
  }
}

variable "create_eip" { default = false }
variable "eip_domain" { default = "vpc" }

locals {
  has_cards      = try(length(var.network_interface), 0) > 0
  has_group      = var.create && var.create_security_group && !local.has_cards
  group_name     = try(coalesce(var.security_group_name, var.name), "")
  groups         = local.has_cards ? null : local.has_group ? concat(var.vpc_security_group_ids, [aws_security_group.this[0].id]) : var.vpc_security_group_ids
  tags           = merge(var.tags, var.instance_tags, var.name != "" ? { Name = var.name } : {})
  launch         = try(length(var.launch_template), 0) > 0 ? [var.launch_template] : []
  forwards       = local.has_cards ? null : var.source_dest_check
  the_instance   = try(aws_instance.this[0].id, aws_instance.ignore_ami[0].id, aws_spot_instance_request.this[0].spot_instance_id, null)
  cards          = local.has_cards ? var.network_interface : {}
  is_of_one_kind = var.create && !var.create_spot_instance
}

resource "aws_instance" "this" {
  halint_at                   = ["subnet_id", "name"]
  count                       = local.is_of_one_kind && !var.ignore_ami_changes ? 1 : 0
  ami                         = var.ami
  availability_zone           = var.availability_zone
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = local.groups
  associate_public_ip_address = var.associate_public_ip_address
  private_ip                  = var.private_ip
  source_dest_check           = local.forwards
  user_data                   = var.user_data
  user_data_base64            = var.user_data_base64
  tags                        = local.tags
  dynamic "launch_template" {
    for_each = local.launch
    content {
      id   = try(launch_template.value.id, null)
      name = try(launch_template.value.name, null)
    }
  }
  dynamic "network_interface" {
    for_each = local.cards
    content { network_interface_id = try(network_interface.value.network_interface_id, null) }
  }
}

# The same, which a newer image does not replace.
resource "aws_instance" "ignore_ami" {
  halint_at                   = ["subnet_id", "name"]
  count                       = local.is_of_one_kind && var.ignore_ami_changes ? 1 : 0
  ami                         = var.ami
  availability_zone           = var.availability_zone
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = local.groups
  associate_public_ip_address = var.associate_public_ip_address
  private_ip                  = var.private_ip
  source_dest_check           = local.forwards
  user_data                   = var.user_data
  user_data_base64            = var.user_data_base64
  tags                        = local.tags
  dynamic "launch_template" {
    for_each = local.launch
    content {
      id   = try(launch_template.value.id, null)
      name = try(launch_template.value.name, null)
    }
  }
  dynamic "network_interface" {
    for_each = local.cards
    content { network_interface_id = try(network_interface.value.network_interface_id, null) }
  }
}

resource "aws_spot_instance_request" "this" {
  halint_at                   = ["create_spot_instance"]
  count                       = var.create && var.create_spot_instance ? 1 : 0
  ami                         = var.ami
  availability_zone           = var.availability_zone
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = local.groups
  associate_public_ip_address = var.associate_public_ip_address
  private_ip                  = var.private_ip
  source_dest_check           = local.forwards
  user_data                   = var.user_data
  user_data_base64            = var.user_data_base64
  tags                        = local.tags
  dynamic "launch_template" {
    for_each = local.launch
    content {
      id   = try(launch_template.value.id, null)
      name = try(launch_template.value.name, null)
    }
  }
  dynamic "network_interface" {
    for_each = local.cards
    content { network_interface_id = try(network_interface.value.network_interface_id, null) }
  }
}

# The module looks the subnet up, for its VPC.
data "aws_subnet" "this" {
  count = local.has_group ? 1 : 0
  id    = var.subnet_id
}

resource "aws_security_group" "this" {
  halint_at   = ["security_group_name", "name"]
  count       = local.has_group ? 1 : 0
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  vpc_id      = coalesce(var.security_group_vpc_id, data.aws_subnet.this[0].vpc_id)
  tags        = merge(var.tags, { Name = local.group_name }, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  halint_at                    = ["security_group_ingress_rules"]
  for_each                     = local.has_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(coalesce(each.value.ip_protocol, "tcp"), "tcp")
  from_port                    = try(coalesce(try(each.value.from_port, null), try(each.value.to_port, null)), null)
  to_port                      = try(coalesce(try(each.value.to_port, null), try(each.value.from_port, null)), null)
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
  from_port                    = try(coalesce(try(each.value.from_port, null), try(each.value.to_port, null)), null)
  to_port                      = try(coalesce(try(each.value.to_port, null), try(each.value.from_port, null)), null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
}

resource "aws_eip" "this" {
  halint_at = ["create_eip"]
  count     = local.is_of_one_kind && var.create_eip ? 1 : 0
  domain    = var.eip_domain
  instance  = local.the_instance
}

output "id" { value = local.the_instance }
output "arn" { value = try(aws_instance.this[0].arn, aws_instance.ignore_ami[0].arn, aws_spot_instance_request.this[0].arn, null) }
output "public_ip" { value = try(aws_eip.this[0].public_ip, aws_instance.this[0].public_ip, aws_instance.ignore_ami[0].public_ip, aws_spot_instance_request.this[0].public_ip, null) }
output "private_ip" { value = try(aws_instance.this[0].private_ip, aws_instance.ignore_ami[0].private_ip, aws_spot_instance_request.this[0].private_ip, null) }
output "primary_network_interface_id" { value = try(aws_instance.this[0].primary_network_interface_id, aws_instance.ignore_ami[0].primary_network_interface_id, aws_spot_instance_request.this[0].primary_network_interface_id, null) }
output "availability_zone" { value = try(aws_instance.this[0].availability_zone, aws_instance.ignore_ami[0].availability_zone, aws_spot_instance_request.this[0].availability_zone, null) }
output "spot_instance_id" { value = try(aws_spot_instance_request.this[0].spot_instance_id, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }

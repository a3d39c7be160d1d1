# What terraform-aws-modules/security-group/aws makes: one security group and its rules. halint's own words, after the
# module's documentation; versions 3 to 5. Of the named rules, those that open ports which rules of halint ask for;
# the ports of others are unknown.

variable "create" { default = true }
variable "create_sg" { default = true }
variable "security_group_id" { default = null }
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "vpc_id" { default = null }
variable "tags" { default = {} }

variable "ingress_rules" { default = [] }
variable "computed_ingress_rules" { default = [] }
variable "number_of_computed_ingress_rules" { default = 0 }
variable "ingress_with_source_security_group_id" { default = [] }
variable "computed_ingress_with_source_security_group_id" { default = [] }
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "ingress_with_cidr_blocks" { default = [] }
variable "computed_ingress_with_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_cidr_blocks" { default = 0 }
variable "ingress_with_ipv6_cidr_blocks" { default = [] }
variable "computed_ingress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" { default = 0 }
variable "ingress_with_self" { default = [] }
variable "computed_ingress_with_self" { default = [] }
variable "number_of_computed_ingress_with_self" { default = 0 }
variable "ingress_with_prefix_list_ids" { default = [] }
variable "computed_ingress_with_prefix_list_ids" { default = [] }
variable "number_of_computed_ingress_with_prefix_list_ids" { default = 0 }
variable "ingress_cidr_blocks" { default = [] }
variable "ingress_ipv6_cidr_blocks" { default = [] }
variable "ingress_prefix_list_ids" { default = [] }

variable "egress_rules" { default = [] }
variable "computed_egress_rules" { default = [] }
variable "number_of_computed_egress_rules" { default = 0 }
variable "egress_with_source_security_group_id" { default = [] }
variable "computed_egress_with_source_security_group_id" { default = [] }
variable "number_of_computed_egress_with_source_security_group_id" { default = 0 }
variable "egress_with_cidr_blocks" { default = [] }
variable "computed_egress_with_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_cidr_blocks" { default = 0 }
variable "egress_with_ipv6_cidr_blocks" { default = [] }
variable "computed_egress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_ipv6_cidr_blocks" { default = 0 }
variable "egress_with_self" { default = [] }
variable "computed_egress_with_self" { default = [] }
variable "number_of_computed_egress_with_self" { default = 0 }
variable "egress_with_prefix_list_ids" { default = [] }
variable "computed_egress_with_prefix_list_ids" { default = [] }
variable "number_of_computed_egress_with_prefix_list_ids" { default = 0 }
variable "egress_cidr_blocks" { default = ["0.0.0.0/0"] }
variable "egress_ipv6_cidr_blocks" { default = ["::/0"] }
variable "egress_prefix_list_ids" { default = [] }

locals {
  group_id = var.create_sg ? try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") : var.security_group_id

  # Name -> first port, last port, protocol.
  named = {
    all-all              = [-1, -1, "-1"]
    all-tcp              = [0, 65535, "tcp"]
    all-udp              = [0, 65535, "udp"]
    all-icmp             = [-1, -1, "icmp"]
    all-ipv6-icmp        = [-1, -1, 58]
    ssh-tcp              = [22, 22, "tcp"]
    rdp-tcp              = [3389, 3389, "tcp"]
    rdp-udp              = [3389, 3389, "udp"]
    http-80-tcp          = [80, 80, "tcp"]
    http-8080-tcp        = [8080, 8080, "tcp"]
    https-443-tcp        = [443, 443, "tcp"]
    https-8443-tcp       = [8443, 8443, "tcp"]
    mysql-tcp            = [3306, 3306, "tcp"]
    postgresql-tcp       = [5432, 5432, "tcp"]
    oracle-db-tcp        = [1521, 1521, "tcp"]
    mssql-tcp            = [1433, 1433, "tcp"]
    redshift-tcp         = [5439, 5439, "tcp"]
    redis-tcp            = [6379, 6379, "tcp"]
    memcached-tcp        = [11211, 11211, "tcp"]
    mongodb-27017-tcp    = [27017, 27017, "tcp"]
    kafka-broker-tcp     = [9092, 9092, "tcp"]
    kafka-broker-tls-tcp = [9094, 9094, "tcp"]
    zookeeper-2181-tcp   = [2181, 2181, "tcp"]
    nfs-tcp              = [2049, 2049, "tcp"]
    dns-tcp              = [53, 53, "tcp"]
    dns-udp              = [53, 53, "udp"]
    ntp-udp              = [123, 123, "udp"]
    openvpn-udp          = [1194, 1194, "udp"]
    "_"                  = ["", "", ""]
  }
}

resource "aws_security_group" "this" {
  halint_at = ["name"]
  count     = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name      = var.name
  vpc_id    = var.vpc_id
  tags      = merge({ Name = var.name }, var.tags)
}

resource "aws_security_group" "this_name_prefix" {
  halint_at   = ["name"]
  count       = var.create && var.create_sg && var.use_name_prefix ? 1 : 0
  name_prefix = "${var.name}-"
  vpc_id      = var.vpc_id
  tags        = merge({ Name = var.name }, var.tags)
}

resource "aws_security_group_rule" "ingress_rules" {
  halint_at         = ["ingress_rules"]
  count             = var.create ? length(var.ingress_rules) : 0
  security_group_id = local.group_id
  type              = "ingress"
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = local.named[var.ingress_rules[count.index]][0]
  to_port           = local.named[var.ingress_rules[count.index]][1]
  protocol          = local.named[var.ingress_rules[count.index]][2]
}

resource "aws_security_group_rule" "computed_ingress_rules" {
  halint_at         = ["computed_ingress_rules"]
  count             = var.create ? var.number_of_computed_ingress_rules : 0
  security_group_id = local.group_id
  type              = "ingress"
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = local.named[var.computed_ingress_rules[count.index]][0]
  to_port           = local.named[var.computed_ingress_rules[count.index]][1]
  protocol          = local.named[var.computed_ingress_rules[count.index]][2]
}

resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  halint_at                = ["ingress_with_source_security_group_id"]
  count                    = var.create ? length(var.ingress_with_source_security_group_id) : 0
  security_group_id        = local.group_id
  type                     = "ingress"
  source_security_group_id = var.ingress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.ingress_prefix_list_ids
  from_port                = lookup(var.ingress_with_source_security_group_id[count.index], "from_port", local.named[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.ingress_with_source_security_group_id[count.index], "to_port", local.named[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.ingress_with_source_security_group_id[count.index], "protocol", local.named[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  halint_at                = ["computed_ingress_with_source_security_group_id"]
  count                    = var.create ? var.number_of_computed_ingress_with_source_security_group_id : 0
  security_group_id        = local.group_id
  type                     = "ingress"
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.ingress_prefix_list_ids
  from_port                = lookup(var.computed_ingress_with_source_security_group_id[count.index], "from_port", local.named[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_ingress_with_source_security_group_id[count.index], "to_port", local.named[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_ingress_with_source_security_group_id[count.index], "protocol", local.named[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  halint_at         = ["ingress_with_cidr_blocks"]
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = local.group_id
  type              = "ingress"
  cidr_blocks       = compact(split(",", lookup(var.ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.ingress_with_cidr_blocks[count.index], "from_port", local.named[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_cidr_blocks[count.index], "to_port", local.named[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_cidr_blocks[count.index], "protocol", local.named[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  halint_at         = ["computed_ingress_with_cidr_blocks"]
  count             = var.create ? var.number_of_computed_ingress_with_cidr_blocks : 0
  security_group_id = local.group_id
  type              = "ingress"
  cidr_blocks       = compact(split(",", lookup(var.computed_ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.computed_ingress_with_cidr_blocks[count.index], "from_port", local.named[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_cidr_blocks[count.index], "to_port", local.named[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_cidr_blocks[count.index], "protocol", local.named[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  halint_at         = ["ingress_with_ipv6_cidr_blocks"]
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group_id
  type              = "ingress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "from_port", local.named[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "to_port", local.named[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "protocol", local.named[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  halint_at         = ["computed_ingress_with_ipv6_cidr_blocks"]
  count             = var.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group_id
  type              = "ingress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "from_port", local.named[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "to_port", local.named[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "protocol", local.named[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "ingress_with_self" {
  halint_at         = ["ingress_with_self"]
  count             = var.create ? length(var.ingress_with_self) : 0
  security_group_id = local.group_id
  type              = "ingress"
  self              = lookup(var.ingress_with_self[count.index], "self", true)
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.ingress_with_self[count.index], "from_port", local.named[lookup(var.ingress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_self[count.index], "to_port", local.named[lookup(var.ingress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_self[count.index], "protocol", local.named[lookup(var.ingress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_self" {
  halint_at         = ["computed_ingress_with_self"]
  count             = var.create ? var.number_of_computed_ingress_with_self : 0
  security_group_id = local.group_id
  type              = "ingress"
  self              = lookup(var.computed_ingress_with_self[count.index], "self", true)
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.computed_ingress_with_self[count.index], "from_port", local.named[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_self[count.index], "to_port", local.named[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_self[count.index], "protocol", local.named[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "ingress_with_prefix_list_ids" {
  halint_at         = ["ingress_with_prefix_list_ids"]
  count             = var.create ? length(var.ingress_with_prefix_list_ids) : 0
  security_group_id = local.group_id
  type              = "ingress"
  prefix_list_ids   = compact(split(",", lookup(var.ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
  from_port         = lookup(var.ingress_with_prefix_list_ids[count.index], "from_port", local.named[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_prefix_list_ids[count.index], "to_port", local.named[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_prefix_list_ids[count.index], "protocol", local.named[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_prefix_list_ids" {
  halint_at         = ["computed_ingress_with_prefix_list_ids"]
  count             = var.create ? var.number_of_computed_ingress_with_prefix_list_ids : 0
  security_group_id = local.group_id
  type              = "ingress"
  prefix_list_ids   = compact(split(",", lookup(var.computed_ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
  from_port         = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "from_port", local.named[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "to_port", local.named[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "protocol", local.named[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_rules" {
  halint_at         = ["egress_rules"]
  count             = var.create ? length(var.egress_rules) : 0
  security_group_id = local.group_id
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = local.named[var.egress_rules[count.index]][0]
  to_port           = local.named[var.egress_rules[count.index]][1]
  protocol          = local.named[var.egress_rules[count.index]][2]
}

resource "aws_security_group_rule" "computed_egress_rules" {
  halint_at         = ["computed_egress_rules"]
  count             = var.create ? var.number_of_computed_egress_rules : 0
  security_group_id = local.group_id
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = local.named[var.computed_egress_rules[count.index]][0]
  to_port           = local.named[var.computed_egress_rules[count.index]][1]
  protocol          = local.named[var.computed_egress_rules[count.index]][2]
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  halint_at                = ["egress_with_source_security_group_id"]
  count                    = var.create ? length(var.egress_with_source_security_group_id) : 0
  security_group_id        = local.group_id
  type                     = "egress"
  source_security_group_id = var.egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
  from_port                = lookup(var.egress_with_source_security_group_id[count.index], "from_port", local.named[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.egress_with_source_security_group_id[count.index], "to_port", local.named[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.egress_with_source_security_group_id[count.index], "protocol", local.named[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  halint_at                = ["computed_egress_with_source_security_group_id"]
  count                    = var.create ? var.number_of_computed_egress_with_source_security_group_id : 0
  security_group_id        = local.group_id
  type                     = "egress"
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
  from_port                = lookup(var.computed_egress_with_source_security_group_id[count.index], "from_port", local.named[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_egress_with_source_security_group_id[count.index], "to_port", local.named[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_egress_with_source_security_group_id[count.index], "protocol", local.named[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  halint_at         = ["egress_with_cidr_blocks"]
  count             = var.create ? length(var.egress_with_cidr_blocks) : 0
  security_group_id = local.group_id
  type              = "egress"
  cidr_blocks       = compact(split(",", lookup(var.egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.egress_with_cidr_blocks[count.index], "from_port", local.named[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_cidr_blocks[count.index], "to_port", local.named[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_cidr_blocks[count.index], "protocol", local.named[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  halint_at         = ["computed_egress_with_cidr_blocks"]
  count             = var.create ? var.number_of_computed_egress_with_cidr_blocks : 0
  security_group_id = local.group_id
  type              = "egress"
  cidr_blocks       = compact(split(",", lookup(var.computed_egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], "from_port", local.named[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], "to_port", local.named[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], "protocol", local.named[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  halint_at         = ["egress_with_ipv6_cidr_blocks"]
  count             = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group_id
  type              = "egress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "from_port", local.named[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "to_port", local.named[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "protocol", local.named[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  halint_at         = ["computed_egress_with_ipv6_cidr_blocks"]
  count             = var.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group_id
  type              = "egress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "from_port", local.named[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "to_port", local.named[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "protocol", local.named[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_self" {
  halint_at         = ["egress_with_self"]
  count             = var.create ? length(var.egress_with_self) : 0
  security_group_id = local.group_id
  type              = "egress"
  self              = lookup(var.egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.egress_with_self[count.index], "from_port", local.named[lookup(var.egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_self[count.index], "to_port", local.named[lookup(var.egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_self[count.index], "protocol", local.named[lookup(var.egress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  halint_at         = ["computed_egress_with_self"]
  count             = var.create ? var.number_of_computed_egress_with_self : 0
  security_group_id = local.group_id
  type              = "egress"
  self              = lookup(var.computed_egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.computed_egress_with_self[count.index], "from_port", local.named[lookup(var.computed_egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_self[count.index], "to_port", local.named[lookup(var.computed_egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_self[count.index], "protocol", local.named[lookup(var.computed_egress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_prefix_list_ids" {
  halint_at         = ["egress_with_prefix_list_ids"]
  count             = var.create ? length(var.egress_with_prefix_list_ids) : 0
  security_group_id = local.group_id
  type              = "egress"
  prefix_list_ids   = compact(split(",", lookup(var.egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
  from_port         = lookup(var.egress_with_prefix_list_ids[count.index], "from_port", local.named[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_prefix_list_ids[count.index], "to_port", local.named[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_prefix_list_ids[count.index], "protocol", local.named[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_prefix_list_ids" {
  halint_at         = ["computed_egress_with_prefix_list_ids"]
  count             = var.create ? var.number_of_computed_egress_with_prefix_list_ids : 0
  security_group_id = local.group_id
  type              = "egress"
  prefix_list_ids   = compact(split(",", lookup(var.computed_egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
  from_port         = lookup(var.computed_egress_with_prefix_list_ids[count.index], "from_port", local.named[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_prefix_list_ids[count.index], "to_port", local.named[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_prefix_list_ids[count.index], "protocol", local.named[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

output "security_group_id" { value = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, "") }
output "security_group_vpc_id" { value = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, "") }
output "security_group_name" { value = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, "") }

# Their names in version 3.
output "this_security_group_id" { value = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") }
output "this_security_group_vpc_id" { value = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, "") }
output "this_security_group_name" { value = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, "") }

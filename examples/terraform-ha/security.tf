# Who may talk to whom:
#   internet -> load balancer -> application -> database, cache, broker
#   office   -> bastion       -> application (SSH), database, cache, broker

locals {
  stores = {
    database = { port = 3306, description = "MySQL" }
    cache    = { port = 6379, description = "Redis" }
    broker   = { port = 9094, description = "Kafka over TLS" }
  }
}

resource "aws_security_group" "lb" {
  name_prefix = "${var.name}-lb-"
  description = "Load balancer"
  vpc_id      = module.network.vpc_id

  dynamic "ingress" {
    for_each = toset([80, 443])

    content {
      description = "Web"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    description = "To the application"
    from_port   = var.app.port
    to_port     = var.app.port
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }

  tags = { Name = "${var.name}-lb" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "app" {
  name_prefix = "${var.name}-app-"
  description = "Application servers"
  vpc_id      = module.network.vpc_id

  tags = { Name = "${var.name}-app" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "app_from_lb" {
  security_group_id            = aws_security_group.app.id
  description                  = "Requests"
  referenced_security_group_id = aws_security_group.lb.id
  ip_protocol                  = "tcp"
  from_port                    = var.app.port
  to_port                      = var.app.port
}

resource "aws_vpc_security_group_ingress_rule" "app_from_bastion" {
  security_group_id            = aws_security_group.app.id
  description                  = "SSH"
  referenced_security_group_id = aws_security_group.bastion.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
}

resource "aws_vpc_security_group_egress_rule" "app" {
  security_group_id = aws_security_group.app.id
  description       = "Stores, and interfaces of others through the NAT gateway"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "bastion" {
  name_prefix = "${var.name}-bastion-"
  description = "Bastion"
  vpc_id      = module.network.vpc_id

  tags = { Name = "${var.name}-bastion" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "bastion_ssh" {
  for_each = var.office_cidrs

  security_group_id = aws_security_group.bastion.id
  description       = "SSH from fixed addresses"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_egress_rule" "bastion" {
  security_group_id = aws_security_group.bastion.id
  description       = "Into the VPC, and updates"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "store" {
  for_each = local.stores

  name_prefix = "${var.name}-${each.key}-"
  description = each.value.description
  vpc_id      = module.network.vpc_id

  tags = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "store_from_app" {
  for_each = local.stores

  type                     = "ingress"
  description              = "Application"
  security_group_id        = aws_security_group.store[each.key].id
  source_security_group_id = aws_security_group.app.id
  protocol                 = "tcp"
  from_port                = each.value.port
  to_port                  = each.value.port
}

resource "aws_security_group_rule" "store_from_bastion" {
  for_each = local.stores

  type                     = "ingress"
  description              = "Developers, through the bastion"
  security_group_id        = aws_security_group.store[each.key].id
  source_security_group_id = aws_security_group.bastion.id
  protocol                 = "tcp"
  from_port                = each.value.port
  to_port                  = each.value.port
}

# Brokers copy partitions to each other.
resource "aws_security_group_rule" "broker_self" {
  type              = "ingress"
  description       = "Replication"
  security_group_id = aws_security_group.store["broker"].id
  self              = true
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

resource "aws_security_group_rule" "broker_self_out" {
  type              = "egress"
  description       = "Replication"
  security_group_id = aws_security_group.store["broker"].id
  self              = true
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

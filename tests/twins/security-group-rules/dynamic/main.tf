resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

locals {
  ingress = {
    postgres = { port = 5432, protocol = "tcp", cidrs = ["10.0.0.0/8", "192.168.0.0/16"], ipv6 = [], groups = [aws_security_group.app.id], self = false }
    all      = { port = 0, protocol = "all", cidrs = [], ipv6 = ["::/0"], groups = [], self = true }
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  dynamic "ingress" {
    for_each = local.ingress
    content {
      from_port        = ingress.value.port
      to_port          = ingress.value.port
      protocol         = ingress.value.protocol
      cidr_blocks      = ingress.value.cidrs
      ipv6_cidr_blocks = ingress.value.ipv6
      security_groups  = ingress.value.groups
      self             = ingress.value.self
    }
  }
  dynamic "egress" {
    for_each = toset(["443"])
    content {
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "TCP"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

variable "standby" {
  default = "false"
}

locals {
  copies = 1
}

resource "aws_db_instance" "orders" {
  multi_az = false
}

resource "aws_elasticache_replication_group" "sessions" {
  description = "of another file"
}

resource "aws_security_group" "bastion" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.7/32"]
  }
}

resource "aws_security_group" "jump" {
  dynamic "ingress" {
    for_each = toset(["22"])
    content {
      from_port   = ingress.key
      to_port     = ingress.key
      protocol    = "tcp"
      cidr_blocks = var.cidrs
    }
  }
}

module "reports" {
  source  = "./two-zones"
  standby = true
}

resource "aws_route_table" "public" {
  lifecycle {
    create_before_destroy = true
  }
}

provider "aws" {
  alias  = "second"
  region = "us-east-1"
}

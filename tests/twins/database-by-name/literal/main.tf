variable "name" {
  default = "main"
}

locals {
  ids = { group = "db", subnets = var.name }
}

resource "aws_subnet" "a" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1a"
}

resource "aws_db_subnet_group" "main" {
  name       = local.ids.subnets
  subnet_ids = aws_subnet.a[*].id
}

resource "aws_security_group" "db" {
  name   = local.ids.group
  vpc_id = "vpc-1"
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  identifier             = "shop"
  engine                 = "MySQL"
  multi_az               = "true"
  port                   = "3306"
  db_subnet_group_name   = "${var.name}"
  vpc_security_group_ids = toset([aws_security_group.db.id])
}

resource "aws_db_instance" "replica" {
  replicate_source_db = "shop"
}

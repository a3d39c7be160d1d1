variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = map(string)
}

variable "clients" {
  description = "Name of a client => its security group."
  type        = map(string)
}

resource "aws_db_subnet_group" "this" {
  subnet_ids = values(var.subnet_ids)
}

resource "aws_security_group" "this" {
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = var.clients

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_db_instance" "this" {
  deletion_protection = true

  engine                 = "mysql"
  instance_class         = "db.m6g.large"
  allocated_storage      = 50
  multi_az               = length(var.subnet_ids) > 1
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
}

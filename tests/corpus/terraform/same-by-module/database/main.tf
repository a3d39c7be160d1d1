variable "vpc_id" {}
variable "subnets" {
  type = list(string)
}

resource "aws_db_subnet_group" "main" {
  subnet_ids = var.subnets
}

resource "aws_security_group" "db" {
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id = aws_security_group.db.id
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
  #                    ^^^^^^^^^ error: data-store-open-to-world
}

resource "aws_db_instance" "main" {
  #      ^^^^^^^^^^^^^^^^^ error: rds-single-az
  engine                 = "postgres"
  instance_class         = "db.m6g.large"
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

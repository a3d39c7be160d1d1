# Whatever is printed of this, the value of the token is not.

variable "token" {
  sensitive = true
  type      = string
}
locals {
  group = "grp-${var.token}"
}
resource "aws_db_instance" "x" {
  identifier           = local.group
  engine               = "postgres"
  multi_az             = var.token == ""
  db_subnet_group_name = local.group
  password             = var.token
  tags                 = { Name = local.group }
}
resource "aws_instance" "b" {
  for_each               = toset([nonsensitive("x")])
  ami                    = "ami-1"
  user_data              = var.token
  tags                   = { Name = "bastion-${var.token}" }
  vpc_security_group_ids = [aws_security_group.s.id]
}
resource "aws_security_group" "s" {
  name = local.group
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.token == "zz" ? "10.0.0.0/8" : "0.0.0.0/0"]
  }
}
resource "aws_subnet" "n" {
  vpc_id            = "vpc-1"
  cidr_block        = var.token
  availability_zone = local.group
}
output "o" {
  value     = local.group
  sensitive = true
}

variable "vpc_id" {}
variable "vpc_cidr" {}
variable "number" {}
variable "zone" {}
variable "public_route_table_id" {}
variable "nat_gateway_id" {}

resource "aws_subnet" "public" {
  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet(var.vpc_cidr, 8, var.number)
  availability_zone = var.zone
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = var.public_route_table_id
}

resource "aws_subnet" "private" {
  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, var.number + 1)
  availability_zone = var.zone
}

resource "aws_subnet" "db" {
  #      ^^^^^^^^^^^^ error: db-subnet-default-route
  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet(var.vpc_cidr, 8, var.number + 2)
  availability_zone = var.zone
}

resource "aws_route_table" "private" {
  vpc_id = var.vpc_id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = var.nat_gateway_id
  }
}

resource "aws_route_table_association" "private" {
  for_each = { private = aws_subnet.private.id, db = aws_subnet.db.id }

  subnet_id      = each.value
  route_table_id = aws_route_table.private.id
}

output "public_subnet_id" {
  value = aws_subnet.public.id
}

output "db_subnet_id" {
  value = aws_subnet.db.id
}

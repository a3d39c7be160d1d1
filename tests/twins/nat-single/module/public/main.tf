variable "vpc_id" {}
variable "route_table_id" {}
variable "zone" {}
variable "cidr_block" {}
variable "has_nat" { type = bool }

resource "aws_subnet" "this" {
  vpc_id            = var.vpc_id
  cidr_block        = var.cidr_block
  availability_zone = var.zone
}

resource "aws_route_table_association" "this" {
  subnet_id      = aws_subnet.this.id
  route_table_id = var.route_table_id
}

resource "aws_eip" "this" {
  count  = var.has_nat ? 1 : 0
  domain = "vpc"
}

resource "aws_nat_gateway" "this" {
  count         = var.has_nat ? 1 : 0
  subnet_id     = aws_subnet.this.id
  allocation_id = aws_eip.this[0].id
}

output "nat_gateway_id" { value = one(aws_nat_gateway.this[*].id) }

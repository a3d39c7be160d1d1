variable "vpc_id" {}
variable "zone" {}
variable "cidr_block" {}
variable "nat_gateway_id" { default = null }
variable "leads_out" { type = bool }

resource "aws_subnet" "this" {
  vpc_id            = var.vpc_id
  cidr_block        = var.cidr_block
  availability_zone = var.zone
}

resource "aws_route_table" "this" {
  vpc_id = var.vpc_id
}

resource "aws_route" "out" {
  count                  = var.leads_out ? 1 : 0
  route_table_id         = aws_route_table.this.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = var.nat_gateway_id
}

resource "aws_route_table_association" "this" {
  subnet_id      = aws_subnet.this.id
  route_table_id = aws_route_table.this.id
}

output "id" { value = aws_subnet.this.id }

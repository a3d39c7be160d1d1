variable "subnet_id" {
  type = string
}

resource "aws_eip" "this" {
  domain = "vpc"
}

resource "aws_nat_gateway" "this" {
  subnet_id     = var.subnet_id
  allocation_id = aws_eip.this.id
}

output "id" {
  value = aws_nat_gateway.this.id
}

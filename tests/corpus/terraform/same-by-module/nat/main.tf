variable "subnet_id" {}

resource "aws_nat_gateway" "this" {
  #      ^^^^^^^^^^^^^^^^^ error: nat-gateway-single-az
  subnet_id = var.subnet_id
}

output "id" {
  value = aws_nat_gateway.this.id
}

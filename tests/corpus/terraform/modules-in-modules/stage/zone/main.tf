variable "vpc_id" {}

variable "zone" {}

variable "number" {}

resource "aws_subnet" "main" {
  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, var.number)
  availability_zone = var.zone
}

output "subnet_id" {
  value = aws_subnet.main.id
}

variable "vpc_id" {}
variable "number" {}

data "aws_availability_zones" "this" {}

resource "aws_subnet" "this" {
  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, 10 + var.number)
  availability_zone = data.aws_availability_zones.this.names[var.number % length(data.aws_availability_zones.this.names)]
}

output "id" {
  value = aws_subnet.this.id
}

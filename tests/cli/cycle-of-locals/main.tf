locals {
  a = local.b
  b = local.a
}

resource "aws_vpc" "main" {
  cidr_block = local.a
}

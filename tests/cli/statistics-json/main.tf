variable "zone" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, 1)
  availability_zone = var.zone
}

module "more" {
  source  = "example/more/aws"
  version = "1.0.0"
}

resource "aws_instance" "a" {
  ami       = module.more.image
  subnet_id = aws_subnet.a.id
}

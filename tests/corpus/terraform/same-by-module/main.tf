# As same-by-hand, by modules: the zones by a module that is called once for each, the rest through outputs.
locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

module "zone" {
  source = "./zone"
  count  = length(local.zones)

  vpc_id                = aws_vpc.main.id
  vpc_cidr              = aws_vpc.main.cidr_block
  number                = count.index
  zone                  = local.zones[count.index]
  public_route_table_id = aws_route_table.public.id
  nat_gateway_id        = module.nat.id
}

module "nat" {
  source = "./nat"

  subnet_id = module.zone[0].public_subnet_id
}

module "database" {
  source = "./database"

  vpc_id  = aws_vpc.main.id
  subnets = module.zone[*].db_subnet_id
}

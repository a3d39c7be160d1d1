# Which element is taken is not known, but each instance takes another one: these are not one zone.
data "aws_availability_zones" "this" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "db" {
  count = 3

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.this.names[count.index % length(data.aws_availability_zones.this.names)]
}

resource "aws_db_subnet_group" "main" {
  subnet_ids = aws_subnet.db[*].id
}

module "zone" {
  source   = "./zone"
  for_each = { a = 0, b = 1 }

  vpc_id = aws_vpc.main.id
  number = each.value
}

resource "aws_elasticache_subnet_group" "main" {
  name       = "main"
  subnet_ids = values(module.zone)[*].id
}

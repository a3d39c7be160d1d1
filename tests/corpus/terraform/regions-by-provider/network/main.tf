data "aws_availability_zones" "all" {}

data "aws_region" "current" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "data" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.all.names[count.index]
}

resource "aws_subnet" "again" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, 7)
  availability_zone = data.aws_availability_zones.all.names[0]
}

# Named by the region: zone a and zone b are two, in every region.
resource "aws_subnet" "by_letter" {
  for_each = { a = 20, b = 21 }

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value)
  availability_zone = "${data.aws_region.current.name}${each.key}"
}

resource "aws_elasticache_subnet_group" "by_letter" {
  name       = "by-letter"
  subnet_ids = [for subnet in aws_subnet.by_letter : subnet.id]
}

output "vpc_id" {
  value = aws_vpc.main.id
}

output "subnet_ids" {
  value = aws_subnet.data[*].id
}

output "again_id" {
  value = aws_subnet.again.id
}

variable "zones" {
  type = map(object({ zone = string, index = number, nat = string }))
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

module "public" {
  source         = "../public"
  for_each       = var.zones
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.public.id
  zone           = each.value.zone
  cidr_block     = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value.index)
  has_nat        = contains([for zone in var.zones : zone.nat], each.key)
}

module "private" {
  source         = "../private"
  count          = length(var.zones)
  vpc_id         = aws_vpc.main.id
  zone           = values(var.zones)[count.index].zone
  cidr_block     = cidrsubnet(aws_vpc.main.cidr_block, 8, values(var.zones)[count.index].index + 10)
  nat_gateway_id = module.public[values(var.zones)[count.index].nat].nat_gateway_id
}

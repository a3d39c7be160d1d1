variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "internet_gateway_id" {
  type = string
}

variable "settings" {
  type = object({
    zone     = string
    public   = optional(string)
    private  = string
    database = string
    nat      = bool
  })
}

locals {
  tiers   = { for tier in ["public", "private", "database"] : tier => var.settings[tier] if var.settings[tier] != null }
  gateway = { public = var.internet_gateway_id }
  nat     = { for id in module.nat[*].id : "private" => id }
}

resource "aws_subnet" "this" {
  for_each = local.tiers

  vpc_id                  = var.vpc_id
  availability_zone       = var.settings.zone
  cidr_block              = each.value
  map_public_ip_on_launch = each.key == "public"

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_route_table" "this" {
  for_each = local.tiers

  vpc_id = var.vpc_id
}

resource "aws_route_table_association" "this" {
  for_each = local.tiers

  subnet_id      = aws_subnet.this[each.key].id
  route_table_id = aws_route_table.this[each.key].id
}

resource "aws_route" "internet" {
  for_each = { for tier, id in local.gateway : tier => id if contains(keys(local.tiers), tier) }

  route_table_id         = aws_route_table.this[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = each.value
}

resource "aws_route" "nat" {
  for_each = local.nat

  route_table_id         = aws_route_table.this[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = each.value
}

module "nat" {
  source = "../nat"
  count  = var.settings.nat ? 1 : 0

  subnet_id = aws_subnet.this["public"].id
}

output "subnet_ids" {
  value = { for tier, subnet in aws_subnet.this : tier => subnet.id }
}

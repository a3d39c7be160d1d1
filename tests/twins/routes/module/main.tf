module "network" {
  source = "./network"
  zones  = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_route" "all" {
  for_each = toset(["ipv4", "ipv6"])

  route_table_id              = module.network.table
  destination_cidr_block      = each.key == "ipv4" ? "0.0.0.0/0" : null
  destination_ipv6_cidr_block = each.key == "ipv6" ? "::/0" : null
  gateway_id                  = module.network.gateway
}

# Up to version 4 each private subnet has a route for IPv6 of its own.

locals {
  private_egress_count = local.private_count
}

variable "single_nat_gateway" {
  type    = bool
  default = false
}

locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}

module "network" {
  source = "./network"
  zones  = local.zones
  single = var.single_nat_gateway
}

# Modules for each key, which call modules for each zone: instances, outputs and wiring keep apart what belongs to each.
locals {
  stages = {
    dev  = { zones = ["eu-west-1a", "eu-west-1c"], standby = false }
    prod = { zones = ["eu-west-1a", "eu-west-1b"], standby = true }
  }
}

module "stage" {
  source   = "./stage"
  for_each = local.stages

  name    = each.key
  zones   = each.value.zones
  standby = each.value.standby
}

# From two stages: one zone, for both have it.
resource "aws_elasticache_subnet_group" "same_zone" {
  name       = "same-zone"
  subnet_ids = [for stage in module.stage : stage.subnets["eu-west-1a"]]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_elasticache_subnet_group" "all_of_prod" {
  name       = "all-of-prod"
  subnet_ids = values(module.stage["prod"].subnets)
}

# Each takes something that the other makes: no circle, for it is not the same resource.
module "left" {
  source = "./side"

  own   = module.stage["prod"].subnets["eu-west-1a"]
  other = module.right.own
}

module "right" {
  source = "./side"

  own   = module.stage["prod"].subnets["eu-west-1b"]
  other = module.left.own
}

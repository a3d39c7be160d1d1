# Up to version 7 the group says itself where its instances are registered.

locals {
  target_group_arns = var.target_group_arns
  load_balancers    = var.load_balancers
}

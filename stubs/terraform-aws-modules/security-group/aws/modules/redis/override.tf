# What terraform-aws-modules/security-group/aws//modules/redis opens.

locals {
  own_rules = ["redis-tcp"]
}

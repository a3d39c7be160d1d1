# What terraform-aws-modules/security-group/aws//modules/memcached opens.

locals {
  own_rules = ["memcached-tcp"]
}

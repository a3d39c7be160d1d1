# What terraform-aws-modules/security-group/aws//modules/https-443 opens.

locals {
  own_rules = ["https-443-tcp"]
}

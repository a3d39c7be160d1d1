# What terraform-aws-modules/security-group/aws//modules/https-8443 opens.

locals {
  own_rules = ["https-8443-tcp"]
}

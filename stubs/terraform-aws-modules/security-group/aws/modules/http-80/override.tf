# What terraform-aws-modules/security-group/aws//modules/http-80 opens.

locals {
  own_rules = ["http-80-tcp"]
}

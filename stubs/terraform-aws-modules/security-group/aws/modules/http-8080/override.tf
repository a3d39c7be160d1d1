# What terraform-aws-modules/security-group/aws//modules/http-8080 opens.

locals {
  own_rules = ["http-8080-tcp"]
}

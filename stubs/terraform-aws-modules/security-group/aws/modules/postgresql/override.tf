# What terraform-aws-modules/security-group/aws//modules/postgresql opens.

locals {
  own_rules = ["postgresql-tcp"]
}

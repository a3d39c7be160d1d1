# What terraform-aws-modules/security-group/aws//modules/mysql opens.

locals {
  own_rules = ["mysql-tcp"]
}

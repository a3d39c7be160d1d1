# What terraform-aws-modules/security-group/aws//modules/oracle-db opens.

locals {
  own_rules = ["oracle-db-tcp"]
}

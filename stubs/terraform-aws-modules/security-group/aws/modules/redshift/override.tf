# What terraform-aws-modules/security-group/aws//modules/redshift opens.

locals {
  own_rules = ["redshift-tcp"]
}

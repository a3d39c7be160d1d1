# What terraform-aws-modules/security-group/aws//modules/ssh opens.

locals {
  own_rules = ["ssh-tcp"]
}

# What terraform-aws-modules/security-group/aws//modules/nfs opens.

locals {
  own_rules = ["nfs-tcp"]
}

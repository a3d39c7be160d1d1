# What terraform-aws-modules/security-group/aws//modules/rdp opens.

locals {
  own_rules = ["rdp-tcp", "rdp-udp"]
}

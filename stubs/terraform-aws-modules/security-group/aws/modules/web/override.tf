# What terraform-aws-modules/security-group/aws//modules/web opens.

locals {
  own_rules = ["http-80-tcp", "http-8080-tcp", "https-443-tcp", "web-jmx-tcp"]
}

# What terraform-aws-modules/security-group/aws//modules/mongodb opens.

locals {
  own_rules = ["mongodb-27017-tcp", "mongodb-27018-tcp", "mongodb-27019-tcp"]
}

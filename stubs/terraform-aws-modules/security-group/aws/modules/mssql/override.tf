# What terraform-aws-modules/security-group/aws//modules/mssql opens.

locals {
  own_rules = ["mssql-tcp", "mssql-udp", "mssql-analytics-tcp", "mssql-broker-tcp"]
}

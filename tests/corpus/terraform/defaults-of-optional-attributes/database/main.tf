variable "standby" {
  type     = bool
  default  = false
  nullable = false
}

variable "maybe_standby" {
  type    = bool
  default = true
}

resource "aws_db_instance" "own_default" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.standby
  #                ^^^^^^^^^^^ error: rds-single-az
}

# Null leaves the argument out: the provider's default.
resource "aws_db_instance" "default_of_the_provider" {
  #      ^^^^^^^^^^^^^^^^^ error: rds-single-az
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  deletion_protection = true
  multi_az            = var.maybe_standby
}

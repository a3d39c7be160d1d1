variable "standby" {}

variable "engine" {}

resource "aws_db_instance" "paired" {
  deletion_protection = true

  engine         = var.engine
  instance_class = "db.m6g.large"
  multi_az       = var.standby
}

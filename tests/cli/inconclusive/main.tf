variable "multi_az" {
  type = bool
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  deletion_protection = true
  multi_az            = var.multi_az
}

variable "standby" {
  default = false
}

# In both projects.
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
  deletion_protection  = true
}

# In staging only.
resource "aws_db_instance" "users" {
  engine               = "postgres"
  multi_az             = var.standby
  db_subnet_group_name = "main"
  deletion_protection  = true
}

resource "aws_db_instance" "cards" {
  engine               = "postgres"
  multi_az             = terraform.workspace != "staging"
  db_subnet_group_name = "main"
  deletion_protection  = true
}

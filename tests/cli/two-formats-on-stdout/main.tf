resource "aws_db_instance" "orders" {
  engine               = "postgres"
  multi_az             = false
  publicly_accessible  = true
  db_subnet_group_name = "main"
}

resource "aws_db_instance" "100%, \"quoted\" <&>" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

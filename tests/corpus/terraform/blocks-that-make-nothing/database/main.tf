resource "aws_db_instance" "main" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
  engine         = "mysql"
  instance_class = "db.m6g.large"
}

moved {
  from = aws_db_instance.this[0]
  to   = aws_db_instance.main
}

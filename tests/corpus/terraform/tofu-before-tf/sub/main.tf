# In another directory: no twin.
resource "aws_db_instance" "main" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
  engine         = "mysql"
  instance_class = "db.m6g.large"
}

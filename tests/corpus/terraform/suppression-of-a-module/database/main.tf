resource "aws_db_instance" "this" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  db_subnet_group_name = "main"
}

# A comment in the module's source covers all calls.
# halint-ignore[rds-single-az]: holds nothing that cannot be made again
resource "aws_db_instance" "scratch" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

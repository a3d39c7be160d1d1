# halint-ignore[rds-single-az] until 2099-01-31: a copy, nobody waits for it
resource "aws_db_instance" "copy" {
  engine   = "postgres"
  multi_az = false
}

# halint-ignore[rds-single-az] until 2027-01-31: sized by hand
resource "aws_db_instance" "quiet" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

# halint-ignore[rds-single-az] until 2026-01-01: the standby comes with the move
resource "aws_db_instance" "loud_again" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

# halint-ignore[rds-single-az] until 2026-06-10: the standby comes with the move
resource "aws_db_instance" "quiet_for_some_days" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

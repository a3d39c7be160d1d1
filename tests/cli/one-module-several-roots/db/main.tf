resource "aws_db_instance" "this" {
  engine   = "postgres"
  multi_az = false
}

resource "aws_db_instance" "reports" {
  engine = "mysql"
}

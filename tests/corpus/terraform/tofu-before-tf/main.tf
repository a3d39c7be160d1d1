# Not read: main.tofu stands in its place.
resource "aws_db_instance" "main" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = true
}

resource "aws_db_instance" "only_terraform" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = false
}

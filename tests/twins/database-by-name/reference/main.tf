resource "aws_subnet" "a" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1a"
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [aws_subnet.a.id]
}

resource "aws_security_group" "db" {
  name   = "db"
  vpc_id = "vpc-1"
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine                 = "mysql"
  multi_az               = true
  port                   = 3306
  db_subnet_group_name   = aws_db_subnet_group.main.id
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.main.identifier
}

# A jumper is a bastion: it stands in public, and reaches the database for those who jump.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "jumper" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.7/32"]
  }
  ingress {
    from_port   = 3389
    #             ^^^^ warning: bastion-extra-ingress-ports
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.7/32"]
  }
}

resource "aws_instance" "jumper" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.jumper.id]
}

resource "aws_eip" "jumper" {
  instance = aws_instance.jumper.id
  domain   = "vpc"
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port       = 3306
    to_port         = 3306
    protocol        = "tcp"
    security_groups = [aws_security_group.jumper.id]
  }
}

resource "aws_db_instance" "main" {
  engine                 = "mysql"
  instance_class         = "db.m6g.large"
  multi_az               = true
  deletion_protection    = true
  vpc_security_group_ids = [aws_security_group.db.id]
}

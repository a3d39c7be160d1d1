# terraform.tfvars and *.auto.tfvars decide, not the defaults.
variable "multi_az" {
  type    = bool
  default = false
}

variable "ssh_from" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "min_size" {
  default = 1
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.multi_az
}

resource "aws_security_group" "bastion" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.ssh_from
  }
}

resource "aws_instance" "bastion" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.bastion.id]
}

resource "aws_lb_target_group" "app" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_autoscaling_group" "app" {
  min_size           = var.min_size
  max_size           = 4
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  target_group_arns  = [aws_lb_target_group.app.arn]
  health_check_type  = "ELB"

  launch_template {
    name = "app"
  }
}

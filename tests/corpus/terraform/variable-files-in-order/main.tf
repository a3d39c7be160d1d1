# Each file is stronger than the ones before it: terraform.tfvars, terraform.tfvars.json, then all automatic ones by name.
variable "a" {
  default = true
}

variable "b" {
  default = true
}

variable "c" {
  default = true
}

variable "d" {
  default = true
}

variable "e" {
  default = true
}

variable "limits" {
  type = object({ min = number, max = number, from = list(string) })
}

resource "aws_db_instance" "a" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.a
  #                ^^^^^ error: rds-single-az
}

resource "aws_db_instance" "b" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.b
  #                ^^^^^ error: rds-single-az
}

resource "aws_db_instance" "c" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.c
  #                ^^^^^ error: rds-single-az
}

resource "aws_db_instance" "d" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.d
  #                ^^^^^ error: rds-single-az
}

resource "aws_db_instance" "e" {
  deletion_protection = true

  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.e
}

resource "aws_lb_target_group" "app" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_autoscaling_group" "app" {
  min_size           = var.limits.min
  #                    ^^^^^^^^^^^^^^ error: asg-min-size-below-two
  max_size           = var.limits.max
  availability_zones = var.limits.from
  target_group_arns  = [aws_lb_target_group.app.arn]
  health_check_type  = "ELB"

  launch_template {
    name = "app"
  }
}

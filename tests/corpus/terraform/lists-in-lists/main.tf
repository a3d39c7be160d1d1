# Terraform of old wrote a list into brackets, `["${var.zones}"]`. It is the list, not one zone, whether it is known or
# not.
variable "zones" {
  default = ["eu-west-1a", "eu-west-1b"]
}

variable "unknown_zones" {
  type = list(string)
}

variable "joined" {}

data "aws_availability_zones" "all" {}

resource "aws_autoscaling_group" "known" {
  min_size             = 2
  max_size             = 4
  availability_zones   = ["${var.zones}"]
  launch_configuration = "app"
}

resource "aws_autoscaling_group" "of_region" {
  min_size             = 2
  max_size             = 4
  availability_zones   = ["${data.aws_availability_zones.all.names}"]
  launch_configuration = "app"
}

resource "aws_autoscaling_group" "unknown" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inconclusive: asg-single-az
  min_size             = 2
  max_size             = 4
  availability_zones   = ["${var.unknown_zones}"]
  launch_configuration = "app"
}

resource "aws_autoscaling_group" "split" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inconclusive: asg-single-az
  min_size             = 2
  max_size             = 4
  availability_zones   = ["${split(",", var.joined)}"]
  launch_configuration = "app"
}

resource "aws_autoscaling_group" "one" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: asg-single-az
  min_size             = 2
  max_size             = 4
  availability_zones   = ["${var.zones[0]}"]
  launch_configuration = "app"
}

resource "aws_elb" "of_region" {
  availability_zones = ["${data.aws_availability_zones.all.names}"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

resource "aws_elb" "one" {
  #      ^^^^^^^^^^^^^^^ error: lb-single-az
  availability_zones = ["${data.aws_availability_zones.all.names[0]}"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

variable "joined_subnets" {}

resource "aws_db_subnet_group" "split" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inconclusive: data-subnet-group-single-az
  subnet_ids = ["${split(",", var.joined_subnets)}"]
}

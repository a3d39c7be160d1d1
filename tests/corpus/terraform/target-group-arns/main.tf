# target_group_arns attaches an Auto Scaling group to a load balancer, so its health check has to be that of the balancer.
resource "aws_lb_target_group" "shop" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_subnet" "a" {
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  availability_zone = "eu-west-1b"
}

resource "aws_autoscaling_group" "with_check" {
  min_size            = 2
  max_size            = 4
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.shop.arn]
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_autoscaling_group" "without_check" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^ warning: asg-no-elb-health-check
  min_size            = 2
  max_size            = 4
  target_group_arns   = [aws_lb_target_group.shop.arn]
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_autoscaling_group" "alone" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
}

variable "ami" {
  default = "ami-0123456789abcdef0"
}

variable "key_name" {
  default = "my-key"
}

resource "aws_instance" "bastion" {
  ami                    = var.ami
  instance_type          = "t2.micro"
  key_name               = var.key_name
  subnet_id              = aws_subnet.public_a.id
  vpc_security_group_ids = [aws_security_group.bastion.id]

  tags = { Name = "bastion" }
}

# WAS

resource "aws_launch_template" "was" {
  name                   = "was"
  image_id               = var.ami
  instance_type          = "t3.small"
  key_name               = var.key_name
  vpc_security_group_ids = [aws_security_group.was.id]

  user_data = base64encode(<<-EOF
    #!/bin/bash
    yum install -y nginx
    aws s3 cp s3://shop-config/nginx.conf /etc/nginx/nginx.conf
    systemctl start nginx
    nohup java -jar /home/ec2-user/app/shop.jar > /home/ec2-user/shop.log &
  EOF
  )
}

# start small, it can grow to 4

resource "aws_autoscaling_group" "was" {
  name                = "was"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.private_a.id, aws_subnet.private_c.id]
  target_group_arns   = [aws_lb_target_group.was.arn]

  launch_template {
    id      = aws_launch_template.was.id
    version = "$Latest"
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.was.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# load balancer

resource "aws_lb" "web" {
  name            = "web"
  subnets         = [aws_subnet.public_a.id, aws_subnet.public_c.id]
  security_groups = [aws_security_group.alb.id]
}

resource "aws_lb_target_group" "was" {
  name     = "was"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id

  health_check {
    path = "/health"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.was.arn
  }
}

# certificate is not ready yet

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.was.arn
  }
}

resource "aws_lb_target_group" "app" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_launch_template" "app" {
  name_prefix = "app-"
}

resource "aws_autoscaling_group" "app" {
  name              = "app"
  min_size          = 2
  max_size          = 4
  target_group_arns = [aws_lb_target_group.app.arn]

  launch_template {
    id = aws_launch_template.app.id
  }
}

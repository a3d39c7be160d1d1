resource "aws_alb_target_group" "app" {
  port        = "80"
  protocol    = "HTTP"
  target_type = "instance"
}

resource "aws_launch_template" "app" {
  name_prefix = "app-"
}

resource "aws_autoscaling_group" "app" {
  name     = "app"
  min_size = 2
  max_size = 4

  launch_template {
    name = aws_launch_template.app.name
  }
}

resource "aws_autoscaling_attachment" "app" {
  autoscaling_group_name = aws_autoscaling_group.app.id
  lb_target_group_arn    = aws_alb_target_group.app.arn
}

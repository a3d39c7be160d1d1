resource "aws_lb_target_group" "app" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_launch_template" "app" {
  name_prefix = "app-"
}

resource "aws_autoscaling_group" "app" {
  name     = "app"
  min_size = 2
  max_size = 4

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.app.id
      }
    }
  }
}

resource "aws_autoscaling_traffic_source_attachment" "app" {
  autoscaling_group_name = "app"

  traffic_source {
    identifier = aws_lb_target_group.app.arn
    type       = "elbv2"
  }
}

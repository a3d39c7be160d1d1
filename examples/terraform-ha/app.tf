resource "aws_launch_template" "app" {
  name_prefix            = "${var.name}-app-"
  image_id               = var.app.image_id
  instance_type          = var.app.instance_type
  vpc_security_group_ids = [aws_security_group.app.id]
  update_default_version = true

  # No zone here: the group below spreads the instances.
  user_data = base64encode(templatefile("${path.module}/user_data.sh.tftpl", {
    nginx_conf = file("${path.module}/nginx/nginx.conf")
  }))

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = var.app.root_volume_size
      volume_type = "gp3"
      encrypted   = true
    }
  }

  metadata_options {
    http_tokens = "required"
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-app" }
  }
}

resource "aws_autoscaling_group" "app" {
  name_prefix         = "${var.name}-app-"
  min_size            = var.app.min_size
  max_size            = var.app.max_size
  vpc_zone_identifier = module.network.private_subnet_ids
  target_group_arns   = [aws_lb_target_group.app.arn]

  # Replace an instance also when the application in it does not answer.
  health_check_type         = "ELB"
  health_check_grace_period = var.app.warm_up_seconds

  launch_template {
    id      = aws_launch_template.app.id
    version = aws_launch_template.app.latest_version
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 90
    }
  }

  tag {
    key                 = "Name"
    value               = "${var.name}-app"
    propagate_at_launch = true
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                      = "cpu"
  autoscaling_group_name    = aws_autoscaling_group.app.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = var.app.warm_up_seconds

  target_tracking_configuration {
    target_value = var.app.cpu_target

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

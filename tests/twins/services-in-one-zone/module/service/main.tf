variable "vpc_id" {}
variable "public_subnets" {}
variable "private_subnets" {}

resource "aws_lb" "app" {
  enable_deletion_protection = true

  load_balancer_type = "application"
  internal           = false
  subnets            = slice(var.public_subnets, 0, 1)
}

resource "aws_lb_target_group" "app" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"
}

resource "aws_acm_certificate" "app" {
  domain_name       = "example.com"
  validation_method = "DNS"
}

resource "aws_lb_listener" "app" {
  load_balancer_arn = aws_lb.app.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.app.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_launch_template" "app" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m6g.large"
}

resource "aws_autoscaling_group" "app" {
  min_size            = 2
  max_size            = 4
  health_check_type   = "ELB"
  vpc_zone_identifier = [element(var.private_subnets, 0)]
  target_group_arns   = [aws_lb_target_group.app.arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [element(var.private_subnets, 0)]
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine               = "postgres"
  instance_class       = "db.m6g.large"
  multi_az             = true
  publicly_accessible  = false
  db_subnet_group_name = aws_db_subnet_group.main.name
}

resource "aws_elasticache_subnet_group" "main" {
  name       = "main"
  subnet_ids = [element(var.private_subnets, 0)]
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id       = "main"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.main.name
}

resource "aws_msk_cluster" "main" {
  cluster_name           = "main"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = [element(var.private_subnets, 0)]
    security_groups = [aws_security_group.msk.id]
  }
}

resource "aws_security_group" "msk" {
  name   = "msk"
  vpc_id = var.vpc_id
}

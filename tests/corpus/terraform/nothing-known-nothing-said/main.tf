# Everything that would decide comes from outside: many checks are inconclusive, none is a finding.
variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "public_subnets" {
  type = list(string)
}

variable "sources" {
  type = list(string)
}

variable "high_availability" {
  type = bool
}

data "aws_subnets" "database" {
  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }
}

data "aws_security_group" "app" {
  name = "app"
}

resource "aws_security_group" "db" {
  vpc_id = var.vpc_id

  ingress {
    from_port       = 3306
    to_port         = 3306
    protocol        = "tcp"
    security_groups = [data.aws_security_group.app.id]
  }

  dynamic "ingress" {
    for_each = var.sources

    content {
      from_port   = 3306
      to_port     = 3306
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_db_subnet_group" "main" {
  subnet_ids = data.aws_subnets.database.ids
}

resource "aws_db_instance" "main" {
  engine                 = "mysql"
  instance_class         = "db.m6g.large"
  multi_az               = var.high_availability
  publicly_accessible    = !var.high_availability
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_nat_gateway" "this" {
  count = var.high_availability ? length(var.public_subnets) : 1

  subnet_id = var.public_subnets[count.index]
}

resource "aws_route_table" "private" {
  count = var.high_availability ? length(var.private_subnets) : 1

  vpc_id = var.vpc_id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this[count.index].id
  }
}

resource "aws_route_table_association" "private" {
  count = length(var.private_subnets)

  subnet_id      = var.private_subnets[count.index]
  route_table_id = aws_route_table.private[var.high_availability ? count.index : 0].id
}

resource "aws_lb" "web" {
  subnets = var.public_subnets
}

resource "aws_lb_target_group" "app" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_lb_listener" "http" {
  count = var.high_availability ? 0 : 1

  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "https" {
  count = var.high_availability ? 1 : 0

  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_autoscaling_group" "app" {
  min_size            = var.high_availability ? 2 : 1
  max_size            = 4
  vpc_zone_identifier = var.private_subnets
  target_group_arns   = [aws_lb_target_group.app.arn]
  health_check_type   = "ELB"

  launch_template {
    name = "app"
  }
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id = "main"
  description          = "main"
  num_cache_clusters   = length(var.private_subnets)
}

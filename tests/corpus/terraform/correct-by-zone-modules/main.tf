# A correct architecture by modules: one call for each zone, outputs as maps, a module inside a module.
terraform {
  required_version = ">= 1.3"
}

variable "zones" {
  type = map(object({
    zone     = string
    public   = optional(string)
    private  = string
    database = string
    nat      = optional(bool, true)
  }))

  default = {
    a = { zone = "eu-central-1a", public = "10.20.0.0/24", private = "10.20.16.0/20", database = "10.20.8.0/24" }
    b = { zone = "eu-central-1b", public = "10.20.1.0/24", private = "10.20.32.0/20", database = "10.20.9.0/24" }
    c = { zone = "eu-central-1c", public = "10.20.2.0/24", private = "10.20.48.0/20", database = "10.20.10.0/24" }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

module "zone" {
  source   = "./zone"
  for_each = var.zones

  name                = "shop-${each.key}"
  vpc_id              = aws_vpc.main.id
  internet_gateway_id = aws_internet_gateway.main.id
  settings            = each.value
}

module "store" {
  source = "./store"

  vpc_id     = aws_vpc.main.id
  subnet_ids = { for key, zone in module.zone : key => zone.subnet_ids["database"] }
  clients    = { app = aws_security_group.app.id }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id
}

resource "aws_lb" "web" {
  enable_deletion_protection = true

  subnets = [for zone in module.zone : zone.subnet_ids.public]
}

resource "aws_lb_target_group" "app" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "this" {
  for_each = {
    80  = { protocol = "HTTP" }
    443 = { protocol = "HTTPS", certificate = aws_acm_certificate.web.arn }
  }

  load_balancer_arn = aws_lb.web.arn
  port              = each.key
  protocol          = each.value.protocol
  certificate_arn   = lookup(each.value, "certificate", null)

  dynamic "default_action" {
    for_each = each.value.protocol == "HTTPS" ? [1] : []

    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.app.arn
    }
  }

  dynamic "default_action" {
    for_each = each.value.protocol == "HTTPS" ? [] : [1]

    content {
      type = "redirect"

      redirect {
        protocol    = "HTTPS"
        port        = 443
        status_code = "HTTP_301"
      }
    }
  }
}

resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_launch_template" "app" {
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_autoscaling_group" "app" {
  min_size            = length(module.zone)
  max_size            = 3 * length(module.zone)
  vpc_zone_identifier = values(module.zone)[*].subnet_ids.private
  target_group_arns   = [aws_lb_target_group.app.arn]
  health_check_type   = "ELB"

  launch_template {
    id = aws_launch_template.app.id
  }
}

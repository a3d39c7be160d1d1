# A service behind a load balancer, all by modules of the registry that are not installed: what one gives out, another
# takes. Nothing is wrong.
provider "aws" {
  region = "eu-west-1"
}

locals {
  zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

module "vpc" {
  source                 = "terraform-aws-modules/vpc/aws"
  version                = "~> 5.0"
  name                   = "shop"
  cidr                   = "10.0.0.0/16"
  azs                    = local.zones
  public_subnets         = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
  private_subnets        = ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"]
  enable_nat_gateway     = true
  one_nat_gateway_per_az = true
}

module "zone" {
  source = "terraform-aws-modules/route53/aws//modules/zones"
  zones  = { "shop.example.com" = {} }
}

module "certificate" {
  source            = "terraform-aws-modules/acm/aws"
  version           = "~> 5.0"
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  zone_id           = module.zone.route53_zone_zone_id["shop.example.com"]
}

module "alb" {
  source  = "terraform-aws-modules/alb/aws"
  version = "~> 9.0"
  name    = "shop"
  vpc_id  = module.vpc.vpc_id
  subnets = module.vpc.public_subnets

  security_group_ingress_rules = {
    http  = { from_port = 80, to_port = 80, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
    https = { from_port = 443, to_port = 443, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
  }
  security_group_egress_rules = {
    all = { ip_protocol = "-1", cidr_ipv4 = "10.0.0.0/16" }
  }

  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" }
    }
    https = {
      port            = 443
      protocol        = "HTTPS"
      certificate_arn = module.certificate.acm_certificate_arn
      forward         = { target_group_key = "web" }
      rules = {
        images = {
          priority   = 10
          actions    = [{ type = "forward", target_group_key = "images" }]
          conditions = [{ path_pattern = { values = ["/images/*"] } }]
        }
      }
    }
  }

  target_groups = {
    web = {
      protocol          = "HTTP"
      port              = 8080
      target_type       = "instance"
      create_attachment = false
      health_check      = { path = "/health" }
    }
    images = {
      protocol          = "HTTP"
      port              = 8080
      target_type       = "instance"
      create_attachment = false
      health_check      = { path = "/health" }
    }
  }
}

module "records" {
  source    = "terraform-aws-modules/route53/aws//modules/records"
  version   = "~> 2.0"
  zone_name = "shop.example.com"
  records = [
    { name = "", type = "A", alias = { name = module.alb.dns_name, zone_id = module.alb.zone_id } },
  ]
}

module "web_sg" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"
  name    = "web"
  vpc_id  = module.vpc.vpc_id
  ingress_with_source_security_group_id = [
    { rule = "http-8080-tcp", source_security_group_id = module.alb.security_group_id },
  ]
  egress_rules = ["all-all"]
}

module "web" {
  source              = "terraform-aws-modules/autoscaling/aws"
  version             = "~> 8.0"
  name                = "web"
  min_size            = 3
  max_size            = 9
  health_check_type   = "ELB"
  vpc_zone_identifier = module.vpc.private_subnets
  image_id            = "ami-0123456789abcdef0"
  instance_type       = "m6g.large"
  security_groups     = [module.web_sg.security_group_id]
  traffic_source_attachments = {
    web = { traffic_source_identifier = module.alb.target_groups["web"].arn }
  }
  scaling_policies = {
    cpu = {
      policy_type = "TargetTrackingScaling"
      target_tracking_configuration = {
        predefined_metric_specification = { predefined_metric_type = "ASGAverageCPUUtilization" }
        target_value                    = 50
      }
    }
  }
}

# Versions up to 7 register their targets in the group.
module "images" {
  source              = "terraform-aws-modules/autoscaling/aws"
  version             = "~> 6.5"
  name                = "images"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = module.vpc.private_subnets
  image_id            = "ami-0123456789abcdef0"
  instance_type       = "m6g.large"
  security_groups     = [module.web_sg.security_group_id]
  target_group_arns   = [module.alb.target_groups["images"].arn]
}

module "bastion_sg" {
  source              = "terraform-aws-modules/security-group/aws//modules/ssh"
  version             = "~> 5.0"
  name                = "bastion"
  vpc_id              = module.vpc.vpc_id
  ingress_cidr_blocks = ["192.0.2.0/24"]
}

module "worker" {
  source                 = "terraform-aws-modules/ec2-instance/aws"
  version                = "~> 5.0"
  count                  = 3
  name                   = "worker-${count.index}"
  instance_type          = "m6g.large"
  subnet_id              = module.vpc.private_subnets[count.index]
  vpc_security_group_ids = [module.web_sg.security_group_id]
}

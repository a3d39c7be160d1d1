# What is wrong in modules of the registry that are not installed is found on the input that decides it.
provider "aws" {
  region = "eu-west-1"
}

module "vpc" {
  source             = "terraform-aws-modules/vpc/aws"
  version            = "~> 4.0"
  name               = "shop"
  cidr               = "10.0.0.0/16"
  azs                = ["eu-west-1a", "eu-west-1b"]
  public_subnets     = ["10.0.0.0/24", "10.0.1.0/24"]
  private_subnets    = ["10.0.16.0/20", "10.0.32.0/20"]
  enable_nat_gateway = true
  single_nat_gateway = true
  # ^^^^^^ error: nat-gateway-single-az
}

module "alb" {
  source  = "terraform-aws-modules/alb/aws"
  version = "~> 9.0"
  name    = "shop"
  vpc_id  = module.vpc.vpc_id
  subnets = [module.vpc.public_subnets[0]]
  # ^^^^^^ error: lb-no-https-listener
  # ^^^^^^ error: lb-single-az
  security_group_ingress_rules = {
    # ^^^^^^^^^^^^^^^^^^^^^^^^ warning: lb-sg-port-without-listener
    all = { from_port = 0, to_port = 65535, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
  }
  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      forward  = { target_group_key = "web" }
    }
  }
  target_groups = {
    web = {
      port              = 8080
      protocol          = "HTTP"
      target_type       = "instance"
      create_attachment = false
    }
  }
}

module "old_alb" {
  source  = "terraform-aws-modules/alb/aws"
  version = "~> 8.7"
  name    = "old"
  vpc_id  = module.vpc.vpc_id
  subnets = [module.vpc.public_subnets[0]]
  # ^^^^^^ error: lb-no-https-listener
  # ^^^^^^ error: lb-single-az
  target_groups = [
    { name = "old", backend_protocol = "HTTP", backend_port = 8080, target_type = "instance" },
  ]
  http_tcp_listeners = [
    { port = 80, protocol = "HTTP", target_group_index = 0 },
  ]
}

module "web" {
  source              = "terraform-aws-modules/autoscaling/aws"
  version             = "~> 9.0"
  name                = "web"
  min_size            = 1
  # ^^^^^^ error: asg-min-size-below-two
  max_size            = 1
  vpc_zone_identifier = [module.vpc.private_subnets[0]]
  # ^^^^^^ warning: asg-no-elb-health-check
  # ^^^^^^ error: asg-single-az
  image_id            = "ami-0123456789abcdef0"
  instance_type       = "m6g.large"
  traffic_source_attachments = {
    web = { traffic_source_identifier = module.alb.target_groups["web"].arn }
  }
}

module "bastion_sg" {
  source              = "terraform-aws-modules/security-group/aws//modules/ssh"
  name                = "bastion"
  vpc_id              = module.vpc.vpc_id
  ingress_cidr_blocks = ["0.0.0.0/0"]
  # ^^^^^^ error: bastion-ssh-open-to-world
}

module "bastion" {
  source                 = "terraform-aws-modules/ec2-instance/aws"
  version                = "~> 5.0"
  name                   = "bastion"
  subnet_id              = module.vpc.public_subnets[0]
  vpc_security_group_ids = [module.bastion_sg.security_group_id]
}

module "open_host" {
  source    = "terraform-aws-modules/ec2-instance/aws"
  version   = "~> 6.0"
  name      = "open"
  subnet_id = module.vpc.public_subnets[0]
  security_group_ingress_rules = {  # error: bastion-ssh-open-to-world
    ssh = { from_port = 22, cidr_ipv4 = "0.0.0.0/0" }
  }
}

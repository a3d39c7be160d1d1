# A network, databases, a cache and brokers, all by modules of the registry that are not installed. Nothing is wrong.
provider "aws" {
  region = "eu-west-1"
}

module "label" {
  source    = "cloudposse/label/null"
  version   = "0.25.0"
  namespace = "shop"
  stage     = "prod"
  name      = "core"
}

module "vpc" {
  source                  = "cloudposse/vpc/aws"
  version                 = "~> 2.2"
  context                 = module.label.context
  ipv4_primary_cidr_block = "10.20.0.0/16"
}

module "subnets" {
  source               = "cloudposse/dynamic-subnets/aws"
  version              = "~> 3.0"
  context              = module.label.context
  vpc_id               = module.vpc.vpc_id
  igw_id               = [module.vpc.igw_id]
  ipv4_cidr_block      = [module.vpc.vpc_cidr_block]
  availability_zones   = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  max_subnet_count     = 3
  nat_gateway_enabled  = true
  nat_instance_enabled = false
}

module "data_subnets" {
  source                 = "cloudposse/dynamic-subnets/aws"
  version                = "~> 3.0"
  context                = module.label.context
  vpc_id                 = module.vpc.vpc_id
  ipv4_cidr_block        = ["10.20.192.0/20"]
  availability_zones     = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  max_subnet_count       = 3
  public_subnets_enabled = false
  nat_gateway_enabled    = false
  private_label          = "data"
}

module "app_sg" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"
  name    = "app"
  vpc_id  = module.vpc.vpc_id
}

module "db_sg" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"
  name    = "db"
  vpc_id  = module.vpc.vpc_id
  ingress_with_source_security_group_id = [
    { rule = "mysql-tcp", source_security_group_id = module.app_sg.security_group_id },
  ]
}

module "db" {
  source                 = "terraform-aws-modules/rds/aws"
  version                = "~> 6.0"
  identifier             = "orders"
  engine                 = "mysql"
  engine_version         = "8.0"
  family                 = "mysql8.0"
  major_engine_version   = "8.0"
  instance_class         = "db.m6g.large"
  multi_az               = true
  deletion_protection    = true
  create_db_subnet_group = true
  subnet_ids             = module.data_subnets.private_subnet_ids
  vpc_security_group_ids = [module.db_sg.security_group_id]
}

module "aurora" {
  source                 = "terraform-aws-modules/rds-aurora/aws"
  version                = "~> 9.0"
  name                   = "ledger"
  engine                 = "aurora-postgresql"
  instance_class         = "db.r6g.large"
  deletion_protection    = true
  instances              = { one = {}, two = {} }
  vpc_id                 = module.vpc.vpc_id
  create_db_subnet_group = true
  subnets                = module.data_subnets.private_subnet_ids
  security_group_rules = {
    app = { source_security_group_id = module.app_sg.security_group_id }
  }
}

module "cache" {
  source                     = "terraform-aws-modules/elasticache/aws"
  version                    = "~> 1.4"
  replication_group_id       = "sessions"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  vpc_id                     = module.vpc.vpc_id
  subnet_ids                 = module.data_subnets.private_subnet_ids
  security_group_rules = {
    app = { referenced_security_group_id = module.app_sg.security_group_id }
  }
}

module "events" {
  source                      = "terraform-aws-modules/msk-kafka-cluster/aws"
  version                     = "~> 2.0"
  name                        = "events"
  kafka_version               = "3.5.1"
  number_of_broker_nodes      = 3
  broker_node_client_subnets  = module.data_subnets.private_subnet_ids
  broker_node_instance_type   = "kafka.m5.large"
  broker_node_security_groups = [module.db_sg.security_group_id]
  configuration_server_properties = {
    "min.insync.replicas"        = 2
    "default.replication.factor" = 3
  }
}

resource "aws_instance" "app" {
  count                  = 3
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "m6g.large"
  subnet_id              = module.subnets.private_subnet_ids[count.index]
  vpc_security_group_ids = [module.app_sg.security_group_id]
}

# What is wrong in a module of the registry that is not installed is found on the input that decides it.
provider "aws" {
  region = "eu-west-1"
}

module "vpc" {
  source                  = "cloudposse/vpc/aws"
  version                 = "2.2.0"
  namespace               = "shop"
  ipv4_primary_cidr_block = "10.20.0.0/16"
}

module "subnets" {
  source              = "cloudposse/dynamic-subnets/aws"
  version             = "2.4.2"
  namespace           = "shop"
  vpc_id              = module.vpc.vpc_id
  igw_id              = [module.vpc.igw_id]
  ipv4_cidr_block     = [module.vpc.vpc_cidr_block]
  availability_zones  = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count    = 2
  nat_gateway_enabled = true
  max_nats            = 1
  # error: nat-gateway-single-az
}

resource "aws_instance" "app" {
  count         = 2
  ami           = "ami-0123456789abcdef0"
  instance_type = "m6g.large"
  subnet_id     = module.subnets.private_subnet_ids[count.index]
}

# Without Multi-AZ by default.
module "standby_forgotten" {
  source               = "terraform-aws-modules/rds/aws"
  version              = "~> 6.0"
  identifier           = "forgotten"
  engine               = "mysql"
  # error: rds-single-az
  db_subnet_group_name = "made-elsewhere"
}

module "db" {
  source                 = "terraform-aws-modules/rds/aws"
  version                = "~> 6.0"
  identifier             = "orders"
  engine                 = "mysql"
  multi_az               = false
  # error: rds-single-az
  publicly_accessible    = true
  # error: rds-publicly-accessible
  create_db_subnet_group = true
  subnet_ids             = [module.subnets.private_subnet_ids[0]]
  # error: data-subnet-group-single-az
}

module "aurora" {
  source                 = "terraform-aws-modules/rds-aurora/aws"
  version                = "~> 9.0"
  name                   = "ledger"
  engine                 = "aurora-postgresql"
  deletion_protection    = true
  instances              = { one = { publicly_accessible = true } }
  # error: rds-publicly-accessible
  # error: aurora-single-instance
  vpc_id                 = module.vpc.vpc_id
  create_db_subnet_group = true
  subnets                = module.subnets.private_subnet_ids
  security_group_rules = {
    # error: data-store-open-to-world
    everybody = { cidr_blocks = ["0.0.0.0/0"] }
  }
}

module "cache" {
  source               = "terraform-aws-modules/elasticache/aws"
  version              = "~> 1.4"
  replication_group_id = "sessions"
  num_cache_clusters   = 1
  # error: cache-no-replica
  vpc_id               = module.vpc.vpc_id
  subnet_ids           = module.subnets.private_subnet_ids
}

module "events" {
  source                     = "terraform-aws-modules/msk-kafka-cluster/aws"
  version                    = "~> 2.0"
  name                       = "events"
  number_of_broker_nodes     = 2
  broker_node_client_subnets = [module.subnets.private_subnet_ids[0], module.subnets.private_subnet_ids[0]]
  # error: msk-brokers-single-az
  configuration_server_properties = {
    # error: msk-min-insync-replicas-low
    "min.insync.replicas"        = 1
    "default.replication.factor" = 3
  }
}

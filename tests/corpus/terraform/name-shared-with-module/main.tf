# A module that is not installed has the name of the cache: so is everything here called. It adds no replica.
locals {
  name = "shop"
}

module "vpc" {
  source = "terraform-aws-modules/vpc/aws"

  name = local.name
  tags = { Name = local.name }
}

resource "aws_elasticache_replication_group" "main" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: cache-no-replica
  replication_group_id = local.name
  description          = "Sessions"
  security_group_ids   = [module.vpc.default_security_group_id]
}

module "replica" {
  source = "example/cache-node/aws"

  replication_group_id = "carts"
}

resource "aws_elasticache_replication_group" "carts" {
  replication_group_id = "carts"
  description          = "This one is passed on: a replica may be added."
}

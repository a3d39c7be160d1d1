# Each VPC lies in the region of the provider that is passed to its module: zones of two regions have nothing in common,
# and names mean what lies in the same region.
variable "region" {}

variable "second_region" {
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "second"
  region = var.second_region
}

module "first" {
  source = "./network"
}

module "second" {
  source = "./network"
  providers = {
    aws = aws.second
  }
}

module "pair" {
  source = "./pair"
  providers = {
    aws      = aws
    aws.copy = aws.second
  }
}

data "aws_availability_zones" "first" {}

data "aws_availability_zones" "second" {
  provider = aws.second
}

# One zone, whichever it is: asked for twice, in the root and in a module.
resource "aws_elasticache_subnet_group" "one_zone" {
  name       = "one-zone"
  subnet_ids = [aws_subnet.beside.id, module.first.subnet_ids[0]]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_subnet" "beside" {
  vpc_id            = module.first.vpc_id
  cidr_block        = "10.0.9.0/24"
  availability_zone = data.aws_availability_zones.first.names[0]
}

# Both groups are called "data"; each database means the one of its region.
resource "aws_db_subnet_group" "first" {
  name       = "data"
  subnet_ids = module.first.subnet_ids
}

resource "aws_db_subnet_group" "second" {
  provider   = aws.second
  name       = "data"
  subnet_ids = [module.second.subnet_ids[0], module.second.again_id]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_db_instance" "first" {
  deletion_protection = true

  engine               = "mysql"
  instance_class       = "db.m6g.large"
  multi_az             = true
  db_subnet_group_name = "data"
}

resource "aws_db_instance" "second" {
  deletion_protection = true

  provider             = aws.second
  engine               = "mysql"
  instance_class       = "db.m6g.large"
  multi_az             = true
  db_subnet_group_name = "data"
}

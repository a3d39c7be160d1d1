# What override files change: arguments one by one, blocks of a type all at once, local values by name.
variable "standby" {
  type        = string
  default     = "true"
  description = "the type stays, the default does not"
}

variable "cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

locals {
  copies = 3
  engine = "redis"
}

resource "aws_db_instance" "orders" {
  deletion_protection = true

  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  multi_az                = false
  backup_retention_period = 7
}

resource "aws_db_instance" "archive" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = var.standby
  #                ^^^^^^^^^^^ error: rds-single-az
}

resource "aws_elasticache_replication_group" "sessions" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: cache-no-replica
  replication_group_id = "sessions"
  description          = "sessions"
  engine               = local.engine
  num_cache_clusters   = local.copies
}

# Both blocks give way to the one of the override file.
resource "aws_security_group" "bastion" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# A dynamic block of the type gives way too.
resource "aws_security_group" "jump" {
  dynamic "ingress" {
    for_each = [22, 3389]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = var.cidrs
    }
  }
}

resource "aws_instance" "bastion" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.bastion.id]
}

resource "aws_instance" "jump_host" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.jump.id]
}

module "reports" {
  source  = "./one-zone"
  standby = false
  engine  = "postgres"
}

# An attribute in JSON is a block as well.
resource "aws_security_group" "ssh_gateway" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "ssh_gateway" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.ssh_gateway.id]
}

# What happens to routes outside of these files is not known, also after the override of another argument.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  lifecycle {
    ignore_changes = [route]
  }
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

# Each alias is a provider of its own.
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "second"
  region = "eu-west-2"
}

data "aws_region" "second" {
  provider = aws.second
}

resource "aws_db_instance" "of_region" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = data.aws_region.second.name == "eu-west-2"
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
}

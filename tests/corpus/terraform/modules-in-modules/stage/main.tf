variable "name" {}

variable "zones" {
  type = set(string)
}

variable "standby" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "zone" {
  source   = "./zone"
  for_each = var.zones

  vpc_id = aws_vpc.main.id
  zone   = each.key
  number = index(sort(var.zones), each.value)
}

resource "aws_db_subnet_group" "main" {
  name       = "${var.name}-main"
  subnet_ids = [for zone in module.zone : zone.subnet_id]
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine               = "mysql"
  instance_class       = "db.m6g.large"
  multi_az             = var.standby
  #                      ^^^^^^^^^^^ error: rds-single-az
  db_subnet_group_name = aws_db_subnet_group.main.name
}

output "subnets" {
  value = { for name, zone in module.zone : name => zone.subnet_id }
}

variable "vpc_id" { type = string }
variable "zones" { type = list(string) }
variable "cidr_blocks" { type = list(string) }
variable "nat_gateway_ids" { type = list(string) }

module "subnet" {
  source         = "./subnet"
  for_each       = { for i, zone in var.zones : zone => i }
  vpc_id         = var.vpc_id
  zone           = each.key
  cidr_block     = var.cidr_blocks[each.value]
  nat_gateway_id = try(var.nat_gateway_ids[each.value], null)
  leads_out      = length(var.nat_gateway_ids) > 0
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [for subnet in module.subnet : subnet.id]
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine                  = "postgres"
  instance_class          = "db.m6g.large"
  multi_az                = true
  publicly_accessible     = false
  backup_retention_period = 7
  db_subnet_group_name    = aws_db_subnet_group.main.name
}

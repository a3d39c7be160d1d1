# As same-by-hand, by for_each over maps, and with a dynamic block.
locals {
  zones = {
    a = { zone = "eu-west-1a", number = 0 }
    b = { zone = "eu-west-1b", number = 1 }
  }
  db_sources = ["0.0.0.0/0"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value.number)
  availability_zone = each.value.zone
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_nat_gateway" "this" {
  #      ^^^^^^^^^^^^^^^^^ error: nat-gateway-single-az
  for_each = { for key, subnet in aws_subnet.public : key => subnet if key == "a" }

  subnet_id = each.value.id
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, each.value.number + 1)
  availability_zone = each.value.zone
}

resource "aws_subnet" "db" {
  #      ^^^^^^^^^^^^ error: db-subnet-default-route
  for_each = local.zones

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value.number + 2)
  availability_zone = each.value.zone
}

resource "aws_route_table" "private" {
  for_each = aws_subnet.private

  vpc_id = aws_vpc.main.id

  dynamic "route" {
    for_each = aws_nat_gateway.this

    content {
      cidr_block     = "0.0.0.0/0"
      nat_gateway_id = route.value.id
    }
  }
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_route_table_association" "db" {
  for_each = local.zones

  subnet_id      = aws_subnet.db[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_db_subnet_group" "main" {
  subnet_ids = [for subnet in aws_subnet.db : subnet.id]
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  dynamic "ingress" {
    for_each = local.db_sources

    content {
      from_port   = 5432
      to_port     = 5432
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
      #              ^^^^^^^^^^^^^ error: data-store-open-to-world
    }
  }
}

resource "aws_db_instance" "main" {
  #      ^^^^^^^^^^^^^^^^^ error: rds-single-az
  for_each = toset(["main"])

  engine                 = "postgres"
  instance_class         = "db.m6g.large"
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

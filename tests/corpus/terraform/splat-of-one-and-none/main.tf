# `[*]` of one thing is a list of it, of null the empty list; of a counted resource, all of its instances.
variable "extra_subnet" {
  type    = string
  default = null
}

variable "replicas" {
  default = 0
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "none" {
  count = var.replicas

  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_subnet" "keyed" {
  for_each = { a = "eu-west-1a", b = "eu-west-1b" }

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, each.key == "a" ? 10 : 11)
  availability_zone = each.value
}

# One zone: the splats of nothing add nothing.
resource "aws_db_subnet_group" "one_zone" {
  subnet_ids = concat(aws_subnet.one[*].id, aws_subnet.none[*].id, var.extra_subnet[*])
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_db_subnet_group" "two_zones" {
  subnet_ids = values(aws_subnet.keyed)[*].id
}

# The older splat takes the index of each element's attribute; for a string, there is none to take from a single one.
resource "aws_db_subnet_group" "older" {
  subnet_ids = [element(aws_subnet.one.*.id, 0), aws_subnet.keyed["a"].id]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_db_instance" "main" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = length(aws_subnet.none[*].id) > 0
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
}

resource "aws_db_instance" "of_none" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = one(aws_subnet.none[*].availability_zone) != null
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
}

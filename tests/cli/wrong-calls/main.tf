# What Terraform would refuse when it plans is said, wherever it is certain to be evaluated.
variable "is_on" {
  type = bool
}

# Whoever runs this may give other values, so nothing is said about what fails because of these.
variable "environment" {
  default = null
}

variable "zones" {
  default = []
}

locals {
  list    = ["a", "b"]
  unasked = element([], 0)
}

resource "aws_vpc" "main" {
  cidr_block = cidrsubnet("10.0.0.0/8", 2, 4)
  tags = {
    third  = local.list[2]
    sum    = "a" + 1
    parsed = jsondecode("{")

    env    = "web-${var.environment}"
    zone   = element(var.zones, 0)
    first  = var.zones[0]

    # Nobody is told about these: someone is prepared, or it may not be evaluated.
    tried    = try(local.list[3], "none")
    asked    = can(regex("x", 1 / 0))
    other    = true ? "a" : upper([])
    perhaps  = var.is_on ? local.list[5] : "b"
    shortcut = false && tobool("x")
    both     = var.is_on && tobool("y")
    filtered = join(",", [for x in local.list : tonumber(x) if var.is_on])
  }
}

resource "aws_instance" "wrong" {
  ami           = "ami-1"
  subnet_id     = "a${1 / 0}"
  instance_type = 1 + 1 > "x"
  user_data     = local.list[1 / 2]
}

resource "aws_vpc" "none" {
  count      = 0
  cidr_block = local.list[7]
}

resource "aws_vpc" "perhaps" {
  count      = var.is_on ? 1 : 0
  cidr_block = local.list[8]
}

resource "aws_vpc" "many" {
  count      = upper("many")
  cidr_block = "10.0.0.0/8"
}

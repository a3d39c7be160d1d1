variable "own" {}

variable "other" {}

resource "aws_elasticache_subnet_group" "own" {
  name       = "own"
  subnet_ids = [var.own]
  #            ^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_elasticache_subnet_group" "both" {
  name       = "both"
  subnet_ids = concat(tolist(aws_elasticache_subnet_group.own.subnet_ids), [var.other])
}

output "own" {
  value = tolist(aws_elasticache_subnet_group.own.subnet_ids)[0]
}

variable "vpc_id" { type = string }
variable "name" { type = string }
variable "rules" {
  type = map(object({
    port        = number
    cidr_blocks = optional(list(string))
    group       = optional(string)
  }))
}

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "this" {
  for_each                 = var.rules
  type                     = "ingress"
  security_group_id        = aws_security_group.this.id
  from_port                = each.value.port
  to_port                  = each.value.port
  protocol                 = "tcp"
  cidr_blocks              = each.value.cidr_blocks
  source_security_group_id = each.value.group
}

output "id" { value = aws_security_group.this.id }

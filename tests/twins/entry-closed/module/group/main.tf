variable "name" {}
variable "vpc_id" {}
variable "ports" { type = list(number) }
variable "from" { type = list(string) }

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = var.vpc_id
  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = var.from
    }
  }
}

output "id" { value = aws_security_group.this.id }

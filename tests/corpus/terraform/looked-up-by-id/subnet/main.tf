variable "id" {
  type = string
}

data "aws_subnet" "this" {
  id = var.id
}

output "id" {
  value = data.aws_subnet.this.id
}

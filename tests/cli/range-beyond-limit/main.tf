locals {
  many     = range(0, 1e12)
  nested   = [for a in range(1000) : [for b in range(100000) : a * b]]
  prepared = try(range(0, 2000), [])
}

resource "aws_instance" "counted" {
  count = length(local.many)
  ami   = "ami-12345678"
}

output "nested" {
  value = [local.nested, local.prepared]
}

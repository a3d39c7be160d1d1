output "vpc_id" {
  value = aws_vpc.this.id
}

output "public_subnet_ids" {
  value = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  value = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "database_subnet_ids" {
  value = values(aws_subnet.database)[*].id
}

output "nat_addresses" {
  description = "Source addresses of what the application calls."
  value       = { for zone, eip in aws_eip.nat : zone => eip.public_ip }
}

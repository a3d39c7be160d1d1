output "url" {
  value = "https://${aws_route53_record.web.fqdn}"
}

output "name_servers" {
  description = "Delegate the domain to these at your registrar."
  value       = aws_route53_zone.main.name_servers
}

output "bastion_address" {
  value = aws_instance.bastion.public_ip
}

output "database_endpoint" {
  value = aws_db_instance.main.endpoint
}

output "nat_addresses" {
  value = module.network.nat_addresses
}

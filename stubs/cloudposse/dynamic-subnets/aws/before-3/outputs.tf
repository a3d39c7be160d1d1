# Outputs of cloudposse/dynamic-subnets/aws that other resources are built upon.

locals {
  private_in_zone = { for zone in local.zones : zone => [for i, z in local.private_zones : aws_subnet.private[i].id if z == zone] }
  public_in_zone  = { for zone in local.zones : zone => [for i, z in local.public_zones : aws_subnet.public[i].id if z == zone] }
}

output "availability_zones" { value = local.zones }
output "public_subnet_ids" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnet_cidrs" { value = local.public4 ? aws_subnet.public[*].cidr_block : [] }
output "public_subnet_ipv6_cidrs" { value = local.public6 ? aws_subnet.public[*].ipv6_cidr_block : [] }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_subnet_ids" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnet_cidrs" { value = local.private4 ? aws_subnet.private[*].cidr_block : [] }
output "private_subnet_ipv6_cidrs" { value = local.private6 ? aws_subnet.private[*].ipv6_cidr_block : [] }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "nat_gateway_ids" { value = aws_nat_gateway.default[*].id }
output "nat_instance_ids" { value = aws_instance.nat_instance[*].id }
output "nat_ips" { value = length(var.nat_elastic_ips) > 0 ? var.nat_elastic_ips : aws_eip.default[*].public_ip }
output "nat_eip_allocation_ids" { value = local.nat_allocations }
output "az_private_subnets_map" { value = local.private_in_zone }
output "az_public_subnets_map" { value = local.public_in_zone }
output "named_private_subnets_map" { value = { for i, name in local.private_names : name => compact([for ids in values(local.private_in_zone) : try(ids[i], "")]) } }
output "named_public_subnets_map" { value = { for i, name in local.public_names : name => compact([for ids in values(local.public_in_zone) : try(ids[i], "")]) } }

# Outputs of terraform-aws-modules/rds-aurora/aws that other resources are built upon.

output "cluster_arn" { value = try(aws_rds_cluster.this[0].arn, null) }
output "cluster_endpoint" { value = try(aws_rds_cluster.this[0].endpoint, null) }
output "cluster_hosted_zone_id" { value = try(aws_rds_cluster.this[0].hosted_zone_id, null) }
output "cluster_id" { value = try(aws_rds_cluster.this[0].id, null) }
output "cluster_instances" { value = aws_rds_cluster_instance.this }
output "cluster_members" { value = try(aws_rds_cluster.this[0].cluster_members, null) }
output "cluster_port" { value = try(aws_rds_cluster.this[0].port, null) }
output "cluster_reader_endpoint" { value = try(aws_rds_cluster.this[0].reader_endpoint, null) }
output "cluster_resource_id" { value = try(aws_rds_cluster.this[0].cluster_resource_id, null) }
output "db_cluster_parameter_group_arn" { value = try(aws_rds_cluster_parameter_group.this[0].arn, null) }
output "db_cluster_parameter_group_id" { value = try(aws_rds_cluster_parameter_group.this[0].id, null) }
output "db_parameter_group_arn" { value = try(aws_db_parameter_group.this[0].arn, null) }
output "db_parameter_group_id" { value = try(aws_db_parameter_group.this[0].id, null) }
output "db_subnet_group_name" { value = local.subnet_group_name }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }

# What terraform-aws-modules/msk-kafka-cluster/aws makes, as far as rules look: a cluster of Kafka brokers and its
# settings. halint's own words, after the module's documentation; versions 1 to 3. Left out: encryption,
# authentication, logs, topics, schemas, connectors, scaling of the storage.

variable "create" { default = true }
variable "name" { default = "msk" }
variable "kafka_version" { default = null }
variable "number_of_broker_nodes" { default = null }
variable "broker_node_client_subnets" { default = [] }
variable "broker_node_instance_type" { default = null }
variable "broker_node_security_groups" { default = [] }
variable "create_configuration" { default = true }
variable "configuration_arn" { default = null }
variable "configuration_server_properties" { default = {} }

resource "aws_msk_cluster" "this" {
  halint_at              = ["number_of_broker_nodes", "broker_node_client_subnets"]
  count                  = var.create ? 1 : 0
  cluster_name           = var.name
  kafka_version          = var.kafka_version
  number_of_broker_nodes = var.number_of_broker_nodes
  broker_node_group_info {
    client_subnets  = var.broker_node_client_subnets
    instance_type   = var.broker_node_instance_type
    security_groups = var.broker_node_security_groups
  }
  configuration_info {
    arn = var.create_configuration ? aws_msk_configuration.this[0].arn : var.configuration_arn
  }
}

# Its name ends in random digits.
resource "aws_msk_configuration" "this" {
  halint_at         = ["configuration_server_properties"]
  count             = var.create && var.create_configuration ? 1 : 0
  server_properties = join("\n", [for k, v in var.configuration_server_properties : format("%s = %s", k, v)])
}

# Outputs that other resources are built upon.

output "arn" { value = try(aws_msk_cluster.this[0].arn, null) }
output "bootstrap_brokers_plaintext" { value = try(aws_msk_cluster.this[0].bootstrap_brokers, null) }
output "bootstrap_brokers_sasl_iam" { value = try(aws_msk_cluster.this[0].bootstrap_brokers_sasl_iam, null) }
output "bootstrap_brokers_sasl_scram" { value = try(aws_msk_cluster.this[0].bootstrap_brokers_sasl_scram, null) }
output "bootstrap_brokers_tls" { value = try(aws_msk_cluster.this[0].bootstrap_brokers_tls, null) }
output "cluster_name" { value = try(aws_msk_cluster.this[0].cluster_name, null) }
output "cluster_uuid" { value = try(aws_msk_cluster.this[0].cluster_uuid, null) }
output "configuration_arn" { value = try(aws_msk_configuration.this[0].arn, null) }
output "zookeeper_connect_string" { value = try(aws_msk_cluster.this[0].zookeeper_connect_string, null) }

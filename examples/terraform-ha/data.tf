# MySQL: one active instance, one standby in another zone.

resource "aws_db_subnet_group" "main" {
  name       = "${var.name}-database"
  subnet_ids = module.network.database_subnet_ids
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "${var.name}-mysql-"
  family      = "mysql8.0"

  dynamic "parameter" {
    for_each = {
      time_zone                = "Asia/Seoul"
      character_set_client     = "utf8mb4"
      character_set_connection = "utf8mb4"
      character_set_database   = "utf8mb4"
      character_set_results    = "utf8mb4"
      character_set_server     = "utf8mb4"
      collation_connection     = "utf8mb4_general_ci"
      collation_server         = "utf8mb4_general_ci"
      max_connections          = "500"
    }

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "main" {
  identifier     = var.name
  engine         = "mysql"
  engine_version = var.database.engine_version
  instance_class = var.database.instance_class

  allocated_storage = var.database.allocated_storage
  storage_type      = "gp3"
  storage_encrypted = true

  db_name                     = "partner"
  username                    = "partner"
  manage_master_user_password = true

  multi_az               = var.database.multi_az
  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.main.name
  parameter_group_name   = aws_db_parameter_group.main.name
  vpc_security_group_ids = [aws_security_group.store["database"].id]

  backup_retention_period = var.database.backup_days
  monitoring_interval     = 60
  monitoring_role_arn     = aws_iam_role.monitoring.arn
  deletion_protection     = true

  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"
}

data "aws_iam_policy_document" "monitoring" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "monitoring" {
  name_prefix        = "${var.name}-rds-monitoring-"
  assume_role_policy = data.aws_iam_policy_document.monitoring.json
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# Redis in cluster mode: two shards, each with a replica in another zone.

resource "aws_elasticache_subnet_group" "main" {
  name       = "${var.name}-cache"
  subnet_ids = module.network.database_subnet_ids
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id = var.name
  description          = "Sessions and hot data"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m6g.large"
  parameter_group_name = "default.redis7.cluster.on"
  port                 = local.stores.cache.port

  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.store["cache"].id]

  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = 3
}

# Kafka: a broker in each zone, each message on two of three disks before it counts as written.

resource "aws_msk_configuration" "main" {
  name           = var.name
  kafka_versions = ["3.6.0"]

  server_properties = <<-PROPERTIES
    auto.create.topics.enable=false
    default.replication.factor=3
    min.insync.replicas=2
    unclean.leader.election.enable=false
  PROPERTIES
}

resource "aws_msk_cluster" "main" {
  cluster_name           = var.name
  kafka_version          = "3.6.0"
  number_of_broker_nodes = length(module.network.database_subnet_ids)

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = module.network.database_subnet_ids
    security_groups = [aws_security_group.store["broker"].id]

    storage_info {
      ebs_storage_info {
        volume_size = 100
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.main.arn
    revision = aws_msk_configuration.main.latest_revision
  }
}

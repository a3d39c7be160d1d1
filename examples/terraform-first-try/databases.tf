variable "db_password" {
  sensitive = true
}

# MySQL

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [aws_subnet.db_a.id, aws_subnet.db_c.id]
}

resource "aws_db_instance" "main" {
  identifier             = "shop"
  engine                 = "mysql"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  username               = "admin"
  password               = var.db_password
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
  publicly_accessible    = true
  skip_final_snapshot    = true
}

# Redis for sessions
# in the public subnet until I know how to reach it from my laptop

resource "aws_elasticache_subnet_group" "main" {
  name       = "cache"
  subnet_ids = [aws_subnet.public_a.id]
}

resource "aws_elasticache_cluster" "main" {
  cluster_id         = "sessions"
  engine             = "redis"
  node_type          = "cache.t3.micro"
  num_cache_nodes    = 1
  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.cache.id]
}

# Kafka

resource "aws_msk_configuration" "main" {
  name              = "main"
  server_properties = "auto.create.topics.enable=true\ndefault.replication.factor=3\nmin.insync.replicas=1\n"
}

resource "aws_msk_cluster" "main" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 4

  broker_node_group_info {
    instance_type   = "kafka.t3.small"
    client_subnets  = [aws_subnet.kafka_1.id, aws_subnet.kafka_2.id]
    security_groups = [aws_security_group.kafka.id]

    storage_info {
      ebs_storage_info {
        volume_size = 50
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.main.arn
    revision = aws_msk_configuration.main.latest_revision
  }
}

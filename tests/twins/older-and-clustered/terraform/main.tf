resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_egress_only_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_instance" "old" {
  ami                    = "ami-0123456789abcdef0"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.main.id]
}

resource "aws_elb" "old" {
  name                      = "old"
  internal                  = true
  subnets                   = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups           = [aws_security_group.main.id]
  instances                 = [aws_instance.old.id]
  cross_zone_load_balancing = false

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

resource "aws_launch_configuration" "old" {
  image_id                    = "ami-0123456789abcdef0"
  security_groups             = [aws_security_group.main.id]
  associate_public_ip_address = false
}

resource "aws_autoscaling_group" "old" {
  min_size                  = 2
  max_size                  = 2
  health_check_type         = "ELB"
  health_check_grace_period = 60
  vpc_zone_identifier       = [aws_subnet.a.id, aws_subnet.b.id]
  launch_configuration      = aws_launch_configuration.old.name
  load_balancers            = [aws_elb.old.name]
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_rds_cluster_parameter_group" "main" {
  name   = "main"
  family = "aurora-mysql8.0"

  parameter {
    name  = "time_zone"
    value = "UTC"
  }
}

resource "aws_rds_cluster" "main" {
  deletion_protection = true

  cluster_identifier              = "main"
  engine                          = "aurora-mysql"
  port                            = 3306
  db_subnet_group_name            = aws_db_subnet_group.main.name
  vpc_security_group_ids          = [aws_security_group.main.id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.main.name
}

resource "aws_docdb_cluster" "main" {
  deletion_protection = true

  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.main.id]
}

resource "aws_docdb_cluster_instance" "main" {
  cluster_identifier = aws_docdb_cluster.main.id
  instance_class     = "db.r6g.large"
}

resource "aws_neptune_cluster" "main" {
  deletion_protection = true

  neptune_subnet_group_name = aws_db_subnet_group.main.name
  vpc_security_group_ids    = [aws_security_group.main.id]
}

resource "aws_memorydb_subnet_group" "main" {
  name       = "main"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_memorydb_cluster" "main" {
  name                   = "main"
  acl_name               = "open-access"
  node_type              = "db.r6g.large"
  engine                 = "redis"
  num_replicas_per_shard = 1
  port                   = 6379
  subnet_group_name      = aws_memorydb_subnet_group.main.name
  security_group_ids     = [aws_security_group.main.id]
}

resource "aws_elasticache_cluster" "main" {
  cluster_id         = "main"
  engine             = "memcached"
  num_cache_nodes    = 2
  az_mode            = "cross-az"
  security_group_ids = [aws_security_group.main.id]
}

resource "aws_msk_serverless_cluster" "main" {
  cluster_name = "main"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = [aws_security_group.main.id]
  }
}

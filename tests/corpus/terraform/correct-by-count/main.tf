# A correct architecture in the older way of writing: one file, count, element(), splats, inline rules, zones of a data
# source, the load balancer by its former name, attachments apart. Nothing is to be said about it.
variable "az_count" {
  default = 2
}

variable "ssh_sources" {
  type    = list(string)
  default = ["203.0.113.7/32", "198.51.100.0/28"]
}

data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  azs = slice(data.aws_availability_zones.available.names, 0, var.az_count)
}

resource "aws_vpc" "main" {
  cidr_block = "172.16.0.0/16"
}

resource "aws_internet_gateway" "gw" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count                   = var.az_count
  cidr_block              = cidrsubnet(aws_vpc.main.cidr_block, 8, var.az_count + count.index)
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  vpc_id                  = aws_vpc.main.id
  map_public_ip_on_launch = "true"
}

resource "aws_subnet" "private" {
  count             = var.az_count
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = element(local.azs, count.index)
  vpc_id            = aws_vpc.main.id
}

resource "aws_subnet" "data" {
  count             = var.az_count
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, 2 * var.az_count + count.index)
  availability_zone = local.azs[count.index]
  vpc_id            = aws_vpc.main.id
}

# The public subnets stay on the main route table, which leads to the internet.
resource "aws_route" "internet_access" {
  route_table_id         = aws_vpc.main.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.gw.id
}

resource "aws_eip" "gw" {
  count      = var.az_count
  vpc        = true
  depends_on = [aws_internet_gateway.gw]
}

resource "aws_nat_gateway" "gw" {
  count         = var.az_count
  subnet_id     = element(aws_subnet.public.*.id, count.index)
  allocation_id = element(aws_eip.gw.*.id, count.index)
}

resource "aws_route_table" "private" {
  count  = var.az_count
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = element(aws_nat_gateway.gw.*.id, count.index)
  }
}

resource "aws_route_table_association" "private" {
  count          = var.az_count
  subnet_id      = element(aws_subnet.private.*.id, count.index)
  route_table_id = element(aws_route_table.private.*.id, count.index)
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "data" {
  count          = var.az_count
  subnet_id      = element(aws_subnet.data.*.id, count.index)
  route_table_id = aws_route_table.data.id
}

resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = "8080"
    to_port         = "8080"
    security_groups = ["${aws_security_group.lb.id}"]
  }

  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    security_groups = ["${aws_security_group.jump.id}"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "jump" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.ssh_sources
  }

  ingress {
    protocol    = "icmp"
    from_port   = 8
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = ["${aws_security_group.app.id}", "${aws_security_group.jump.id}"]
  }
}

resource "aws_alb" "main" {
  enable_deletion_protection = true

  subnets         = aws_subnet.public.*.id
  security_groups = ["${aws_security_group.lb.id}"]
}

resource "aws_alb_target_group" "app" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_alb_listener" "front_end" {
  load_balancer_arn = aws_alb.main.id
  port              = "443"
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    target_group_arn = aws_alb_target_group.app.id
    type             = "forward"
  }
}

resource "aws_launch_configuration" "app" {
  image_id        = "ami-0123456789abcdef0"
  instance_type   = "t3.small"
  security_groups = ["${aws_security_group.app.id}"]
}

resource "aws_autoscaling_group" "app" {
  vpc_zone_identifier  = flatten([aws_subnet.private.*.id])
  min_size             = "2"
  max_size             = "4"
  desired_capacity     = "2"
  launch_configuration = aws_launch_configuration.app.name
  health_check_type    = "ELB"
}

resource "aws_autoscaling_attachment" "app" {
  autoscaling_group_name = aws_autoscaling_group.app.id
  alb_target_group_arn   = aws_alb_target_group.app.arn
}

resource "aws_launch_configuration" "jump" {
  image_id                    = "ami-0123456789abcdef0"
  instance_type               = "t3.nano"
  associate_public_ip_address = true
  security_groups             = ["${aws_security_group.jump.id}"]
}

resource "aws_autoscaling_group" "jump" {
  vpc_zone_identifier  = flatten([aws_subnet.public.*.id])
  min_size             = 1
  max_size             = 1
  launch_configuration = aws_launch_configuration.jump.name
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = flatten([aws_subnet.data.*.id])
}

resource "aws_rds_cluster" "main" {
  deletion_protection = true

  cluster_identifier     = "main"
  engine                 = "aurora-postgresql"
  db_subnet_group_name   = "main"
  vpc_security_group_ids = ["${aws_security_group.db.id}"]
}

resource "aws_rds_cluster_instance" "main" {
  count                = 2
  identifier           = "main-${count.index}"
  cluster_identifier   = aws_rds_cluster.main.id
  engine               = "aurora-postgresql"
  instance_class       = "db.r6g.large"
  db_subnet_group_name = "main"
}

resource "aws_elasticache_subnet_group" "main" {
  name       = "main"
  subnet_ids = flatten([aws_subnet.data.*.id])
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id       = "main"
  description                = "main"
  num_cache_clusters         = var.az_count
  automatic_failover_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.main.name
}

resource "aws_msk_configuration" "main" {
  name              = "main"
  server_properties = "default.replication.factor=2\nmin.insync.replicas=1"
}

resource "aws_msk_cluster" "main" {
  cluster_name           = "main"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2 * var.az_count

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = flatten([aws_subnet.data.*.id])
    security_groups = ["${aws_security_group.db.id}"]
  }

  configuration_info {
    arn      = aws_msk_configuration.main.arn
    revision = aws_msk_configuration.main.latest_revision
  }
}

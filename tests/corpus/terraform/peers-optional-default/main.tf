# An attribute of a variable's object type has its default, whether or not the caller names the object.
variable "database" {
  type = object({
    engine         = string
    instance_class = optional(string, "db.m6g.large")
    multi_az       = optional(bool, true)
    public         = optional(bool, false)
  })
  default = { engine = "mysql" }
}

variable "caches" {
  type = map(object({
    replicas = optional(number, 1)
    engine   = optional(string, "redis")
  }))
}

variable "app" {
  type = object({
    size = optional(object({
      least = optional(number, 2)
      most  = optional(number, 4)
    }), {})
  })
  default = {}
}

resource "aws_db_instance" "main" {
  deletion_protection = true

  engine              = var.database.engine
  instance_class      = var.database.instance_class
  multi_az            = var.database.multi_az
  publicly_accessible = var.database.public
}

resource "aws_elasticache_replication_group" "main" {
  for_each = var.caches

  replication_group_id    = each.key
  description             = each.key
  engine                  = each.value.engine
  num_node_groups         = 1
  replicas_per_node_group = each.value.replicas
}

resource "aws_lb_target_group" "app" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_autoscaling_group" "app" {
  min_size           = var.app.size.least
  max_size           = var.app.size.most
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  target_group_arns  = [aws_lb_target_group.app.arn]
  health_check_type  = "ELB"

  launch_template {
    name = "app"
  }
}

# Defaults stand in for what is left out and for null, on every level; `nullable = false` takes the variable's own.
variable "databases" {
  type = map(object({
    engine = optional(string, "mysql")
    ha = optional(object({
      on      = optional(bool, true)
      backups = optional(object({ days = optional(number, 7) }), {})
    }), {})
    ports = optional(list(object({
      number = number
      from   = optional(list(string), ["10.0.0.0/24"])
    })), [{ number = 3306 }])
  }))
  default = {
    plain   = {}
    nulls   = { engine = null, ha = null, ports = null }
    single  = { ha = { on = false } }
    strings = { ha = { on = "false", backups = { days = "3" } } }
    open    = { ports = [{ number = "5432", from = ["0.0.0.0/0"] }], engine = "postgres" }
  }
}

resource "aws_db_instance" "all" {
  deletion_protection = true

  for_each = var.databases

  engine                  = each.value.engine
  instance_class          = "db.m6g.large"
  multi_az                = each.value.ha.on
  #                         ^^^^^^^^^^^^^^^^ error: rds-single-az
  backup_retention_period = each.value.ha.backups.days
  vpc_security_group_ids  = [aws_security_group.all[each.key].id]
}

resource "aws_security_group" "all" {
  for_each = var.databases

  dynamic "ingress" {
    for_each = each.value.ports
    content {
      from_port   = ingress.value.number
      to_port     = ingress.value.number
      protocol    = "tcp"
      cidr_blocks = ingress.value.from
      #             ^^^^^^^^^^^^^^^^^^ error: data-store-open-to-world
      #             ^^^^^^^^^^^^^^^^^^ warning: data-store-ingress-not-from-app
    }
  }
}

module "left_out" {
  source = "./database"
}

module "given_null" {
  source = "./database"

  standby       = null
  maybe_standby = null
}

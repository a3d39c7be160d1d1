# moved, import, removed, check, ephemeral: read, and nothing is made of them. What is renamed is there once.
variable "token" {
  type      = string
  default   = "of a day"
  ephemeral = true
}

moved {
  from = aws_db_instance.old
  to   = aws_db_instance.main
}

moved {
  from = module.single
  to   = module.databases["orders"]
}

import {
  to = aws_db_instance.main
  id = "main"
}

import {
  for_each = { a = "reports-a", b = "reports-b" }
  to       = aws_db_instance.reports[each.key]
  id       = each.value
}

removed {
  from = aws_db_instance.gone

  lifecycle {
    destroy = false
  }
}

ephemeral "aws_secretsmanager_secret_version" "password" {
  secret_id = "main"
}

check "standby" {
  data "aws_db_instance" "main" {
    db_instance_identifier = aws_db_instance.main.identifier
  }

  assert {
    condition     = data.aws_db_instance.main.multi_az
    error_message = "${data.aws_db_instance.main.address} has no standby"
  }
}

resource "aws_db_instance" "main" {
  identifier          = "main"
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  multi_az            = false
  #                     ^^^^^ error: rds-single-az
  password_wo         = ephemeral.aws_secretsmanager_secret_version.password.secret_string
  password_wo_version = 1

  provisioner "local-exec" {
    command = "echo ${self.address} ${self.multi_az}"

    environment = {
      TOKEN = var.token
    }
  }

  connection {
    host = self.address
  }

  lifecycle {
    ignore_changes       = [password]
    replace_triggered_by = [aws_db_instance.reports["a"].id]

    precondition {
      condition     = terraform.workspace != ""
      error_message = "no workspace"
    }

    postcondition {
      condition     = self.multi_az
      error_message = "${self.address} has no standby"
    }
  }
}

resource "aws_db_instance" "reports" {
  for_each = toset(["a", "b"])

  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = terraform.workspace != "default"
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
}

module "databases" {
  source   = "./database"
  for_each = toset(["orders"])
}

output "address" {
  value = aws_db_instance.main.address

  precondition {
    condition     = aws_db_instance.main.multi_az
    error_message = "no standby"
  }
}

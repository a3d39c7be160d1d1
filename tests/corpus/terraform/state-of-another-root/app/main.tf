# The outputs of a root of this workspace, whose state lies in a file; of a root that is not here, nothing is known.
data "terraform_remote_state" "network" {
  backend = "local"

  config = {
    path = "${path.module}/../network/network.tfstate"
  }
}

data "terraform_remote_state" "elsewhere" {
  backend = "s3"

  config = {
    bucket = "states"
    key    = "elsewhere"
    region = "eu-west-1"
  }
}

resource "aws_db_instance" "main" {
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = data.terraform_remote_state.network.outputs.standby
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: rds-single-az
}

resource "aws_db_subnet_group" "both" {
  subnet_ids = data.terraform_remote_state.network.outputs.subnet_ids
}

resource "aws_db_subnet_group" "one" {
  subnet_ids = [data.terraform_remote_state.network.outputs.subnet_ids[0]]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

resource "aws_db_instance" "elsewhere" {
  #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inconclusive: rds-single-az
  engine         = "mysql"
  instance_class = "db.m6g.large"
  multi_az       = data.terraform_remote_state.elsewhere.outputs.standby
}

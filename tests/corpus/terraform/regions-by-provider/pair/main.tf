terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.copy]
    }
  }
}

module "main" {
  source = "../network"
}

module "copy" {
  source = "../network"
  providers = {
    aws = aws.copy
  }
}

# The one of the copy's region, with one zone.
resource "aws_db_subnet_group" "copy" {
  provider   = aws.copy
  name       = "pair"
  subnet_ids = [module.copy.again_id, module.copy.subnet_ids[0]]
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: data-subnet-group-single-az
}

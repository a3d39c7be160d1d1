# A comment on a call covers what the call makes; the other call stays as it is.

# halint-ignore[rds-single-az]: a copy for tests
module "copy" {
  source = "./database"
}

module "real" {
  source = "./database"
}

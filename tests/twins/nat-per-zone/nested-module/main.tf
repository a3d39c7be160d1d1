module "network" {
  source = "./network"
  count  = 1
  zones = {
    a = { zone = "eu-west-1a", index = 0, nat = "a" }
    b = { zone = "eu-west-1b", index = 1, nat = "b" }
    c = { zone = "eu-west-1c", index = 2, nat = "c" }
  }
}

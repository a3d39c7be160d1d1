module "network" {
  source = "./network"
  count  = 1
  zones = {
    a = { zone = "eu-west-1a", index = 0, nat = "a" }
    b = { zone = "eu-west-1b", index = 1, nat = "a" }
  }
}

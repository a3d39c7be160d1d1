module "network" {
  source = "./network"
  zones  = ["eu-west-1a", "eu-west-1b"]
}

module "service" {
  source          = "./service"
  for_each        = toset(["main"])
  vpc_id          = module.network.vpc_id
  public_subnets  = module.network.public_subnets
  private_subnets = module.network.private_subnets
}

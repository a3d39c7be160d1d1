module "orders" {
  source = "../db"
}

module "orders" {
  source = "../../outside"
}

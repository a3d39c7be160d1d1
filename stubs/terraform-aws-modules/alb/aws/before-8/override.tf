# Up to version 7 the load balancer has only the security groups that it is given.

locals {
  has_group = false
}

# One is enough for now.
single_nat_gateway = true

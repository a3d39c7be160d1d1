multi_az = true
ssh_from = ["203.0.113.7/32"]

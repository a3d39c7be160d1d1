standby = true

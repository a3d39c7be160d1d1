e = true

d = false
e = false

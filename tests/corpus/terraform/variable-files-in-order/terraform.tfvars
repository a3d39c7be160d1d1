a = false
b = true
c = true
d = true
e = true

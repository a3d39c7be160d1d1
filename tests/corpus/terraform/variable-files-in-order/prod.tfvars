# Read only if it is named.
a = true
e = false

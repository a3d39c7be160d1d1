min_size = 2

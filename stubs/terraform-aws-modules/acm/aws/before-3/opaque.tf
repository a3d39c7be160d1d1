# Versions before 3, whose outputs have other names, are not described.

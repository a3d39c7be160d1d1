# Versions before 6 are not described.

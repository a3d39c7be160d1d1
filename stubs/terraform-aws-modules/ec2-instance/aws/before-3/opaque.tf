# Versions before 3, which make several instances, are not described.

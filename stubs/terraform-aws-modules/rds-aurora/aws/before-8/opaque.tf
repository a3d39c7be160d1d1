# Versions below 8 of terraform-aws-modules/rds-aurora/aws are not described: the module stays opaque.

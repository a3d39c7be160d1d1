# Up to version 4 names prove the domains unless something else is asked for.

variable "validation_method" { default = "DNS" }

# Version 6 takes a launch template by its name.

variable "launch_template" { default = null }

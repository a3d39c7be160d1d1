# Version 6 takes a launch template by its name.

locals {
  template = var.create_launch_template ? aws_launch_template.this[0].id : var.launch_template
}

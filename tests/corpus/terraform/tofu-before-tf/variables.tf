# No twin: read by both.
variable "standby" {
  default = false
}

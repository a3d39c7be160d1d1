variable "name" {
  description = "Prefix of the names of all resources."
  type        = string
  default     = "partner"
}

variable "region" {
  type    = string
  default = "ap-northeast-2"
}

variable "zones" {
  description = "Availability Zones to build in. Each gets a public, a private and a database subnet."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2
    error_message = "High availability needs at least two zones."
  }
}

variable "vpc_cidr" {
  type    = string
  default = "10.0.0.0/16"
}

variable "domain" {
  description = "A hosted zone of this name is made; delegate it at your registrar."
  type        = string
}

variable "office_cidrs" {
  description = "The only addresses that may open SSH to the bastion: home, office."
  type        = set(string)
}

variable "ssh_key_name" {
  type    = string
  default = null
}

variable "app" {
  description = "The web application servers."

  type = object({
    image_id         = string
    instance_type    = optional(string, "t3.medium")
    port             = optional(number, 80)
    health_path      = optional(string, "/health")
    min_size         = optional(number, 3)
    max_size         = optional(number, 9)
    cpu_target       = optional(number, 50)
    warm_up_seconds  = optional(number, 180)
    root_volume_size = optional(number, 20)
  })
}

variable "database" {
  type = object({
    instance_class    = optional(string, "db.m6g.large")
    allocated_storage = optional(number, 100)
    engine_version    = optional(string, "8.0")
    multi_az          = optional(bool, true)
    backup_days       = optional(number, 7)
  })

  default = {}
}

variable "bastion_image_id" {
  type = string
}

# Version 9: other defaults, and an action of a rule says its `type` beside its words.

locals {
  default_ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  fills_ports        = false

  rules = flatten([
    for listener, values in var.listeners : [
      for rule, words in try(values.rules, {}) : merge(words, {
        listener_key = listener
        rule_key     = rule
        actions      = [for action in words.actions : { (replace(action.type, "-", "_")) = action }]
      })
    ]
  ])
}

# Each level has a name of its own; the inner one sees the outer one. A set of objects is iterated like a list.
locals {
  doors = {
    admin = [
      { ports = [22, 3389], from = ["0.0.0.0/0"] },
      { ports = [8443], from = [] },
    ]
    office = [{ ports = [22], from = ["203.0.113.7/32"] }]
    closed = []
  }
  listeners = toset([
    { port = 443, protocol = "HTTPS", groups = { blue = 90, green = 10 } },
    { port = 80, protocol = "HTTP", groups = {} },
  ])
}

resource "aws_security_group" "bastion" {
  for_each = local.doors

  dynamic "ingress" {
    for_each = flatten([for door in each.value : [for port in door.ports : { port = port, from = door.from }]])
    iterator = door
    content {
      from_port   = door.value.port
      #             ^^^^^^^^^^^^^^^ warning: bastion-extra-ingress-ports
      to_port     = door.value.port
      protocol    = "tcp"
      cidr_blocks = door.value.from
      #             ^^^^^^^^^^^^^^^ error: bastion-ssh-open-to-world
    }
  }
}

resource "aws_instance" "bastion" {
  for_each = aws_security_group.bastion

  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [each.value.id]
}

resource "aws_lb" "web" {
  enable_deletion_protection = true

  internal = false
  subnets  = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

resource "aws_lb_target_group" "app" {
  for_each = toset(["blue", "green"])
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_listener" "web" {
  for_each = { for listener in local.listeners : listener.port => listener }

  load_balancer_arn = aws_lb.web.arn
  port              = each.key
  protocol          = each.value.protocol
  certificate_arn   = each.value.protocol == "HTTPS" ? "arn:aws:acm:eu-west-1:123456789012:certificate/1" : null

  dynamic "default_action" {
    for_each = length(each.value.groups) > 0 ? [each.value] : []
    iterator = outer
    content {
      type = "forward"

      dynamic "forward" {
        for_each = [outer.value.groups]
        iterator = middle
        content {
          dynamic "target_group" {
            for_each = middle.value
            content {
              arn    = aws_lb_target_group.app[target_group.key].arn
              weight = target_group.value + outer.key + middle.key
            }
          }
        }
      }
    }
  }

  dynamic "default_action" {
    for_each = length(each.value.groups) > 0 ? [] : [443]
    content {
      type = "redirect"
      redirect {
        port        = tostring(default_action.value)
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }
}

# The one door for developers. SSH only, from fixed addresses only: `office_cidrs`.

resource "aws_instance" "bastion" {
  ami                         = var.bastion_image_id
  instance_type               = "t3.micro"
  key_name                    = var.ssh_key_name
  subnet_id                   = module.network.public_subnet_ids[0]
  vpc_security_group_ids      = [aws_security_group.bastion.id]
  associate_public_ip_address = true

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }

  tags = { Name = "${var.name}-bastion" }
}

zones  = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"]
domain = "partner.example.com"

# Addresses for documentation (RFC 5737): put your own here.
office_cidrs = ["203.0.113.7/32", "203.0.113.64/29"]

bastion_image_id = "ami-0123456789abcdef0"

app = {
  image_id = "ami-0fedcba9876543210"
}

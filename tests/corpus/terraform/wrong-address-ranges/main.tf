# Ranges that are none are AWS's to refuse; what compares them cannot be decided.

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "number" {
  #      ^^^^^^^^^^^^^^^^^ inconclusive: subnet-cidr-outside-vpc
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.300/24"
}

resource "aws_subnet" "words" {
  #      ^^^^^^^^^^^^^^^^ inconclusive: subnet-cidr-outside-vpc
  vpc_id     = aws_vpc.main.id
  cidr_block = "nonsense"
}

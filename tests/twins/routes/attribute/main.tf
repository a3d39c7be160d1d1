resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route = [
    for range in ["0.0.0.0/0", "::/0"] : {
      cidr_block      = strcontains(range, ":") ? "" : range
      ipv6_cidr_block = strcontains(range, ":") ? range : ""
      gateway_id      = aws_internet_gateway.main.id
      nat_gateway_id  = ""
    }
  ]
}

resource "aws_route_table_association" "all" {
  count          = 2
  subnet_id      = element([aws_subnet.a.id, aws_subnet.b.id], count.index)
  route_table_id = aws_route_table.public.id
}

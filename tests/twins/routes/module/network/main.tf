variable "zones" {
  type = list(string)
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_subnet" "this" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.${count.index + 1}.0/24"
  availability_zone = var.zones[count.index]
}

resource "aws_route_table" "this" {
  vpc_id = aws_subnet.this[0].vpc_id
}

resource "aws_route_table_association" "this" {
  count          = length(aws_subnet.this)
  subnet_id      = aws_subnet.this.*.id[count.index]
  route_table_id = aws_route_table.this.id
}

output "table" {
  value = aws_route_table.this.id
}

output "gateway" {
  value = one([aws_internet_gateway.this.id])
}

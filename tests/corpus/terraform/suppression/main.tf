# Comments that silence findings, at each place where they may stand.

variable "subnet_group" {
  default = "main"
}

# halint-ignore[rds-single-az]: sized by hand
# Other comments may stand in between.

resource "aws_db_instance" "above" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = var.subnet_group
}

resource "aws_db_instance" "inside" {
  engine = "postgres"
  // halint-ignore[rds-single-az]: on the attribute
  multi_az             = false
  db_subnet_group_name = var.subnet_group
}

resource "aws_db_instance" "trailing" {
  engine               = "postgres"
  multi_az             = false /* halint-ignore[rds-single-az]: on the line */
  db_subnet_group_name = var.subnet_group
}

# halint-ignore[rds-single-az, rds-publicly-accessible] until 2999-12-31: two rules in one comment
resource "aws_db_instance" "both" {
  engine               = "postgres"
  multi_az             = false
  publicly_accessible  = true
  db_subnet_group_name = var.subnet_group
}

# Only the rule that is named is silent.
# halint-ignore[rds-publicly-accessible]: reached by a partner
resource "aws_db_instance" "other" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  publicly_accessible  = true
  db_subnet_group_name = var.subnet_group
}

# halint-ignore-start[rds-single-az]: being moved
resource "aws_db_instance" "first_of_range" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = var.subnet_group
}

resource "aws_db_instance" "second_of_range" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = var.subnet_group
}
# halint-ignore-end[rds-single-az]

resource "aws_db_instance" "after_range" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  db_subnet_group_name = var.subnet_group
}

# All instances of a block are covered.
# halint-ignore[rds-single-az]: a replica of another region takes over
resource "aws_db_instance" "counted" {
  count                = 3
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = var.subnet_group
}

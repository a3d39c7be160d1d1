# Comments that silence nothing, and what is said of them.

# halint-ignore[rds-single-az]: it has a standby
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: unused-suppression
resource "aws_db_instance" "sound" {
  deletion_protection = true

  engine               = "postgres"
  multi_az             = true
  db_subnet_group_name = "main"
}

# halint-ignore[rds-singel-az]: misspelt
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: unknown-rule
resource "aws_db_instance" "misspelt" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  db_subnet_group_name = "main"
}

# halint-ignore: no rule
# ^^^^^^^^^^^^^^^^^^^^^^ warning: unused-suppression
resource "aws_db_instance" "no_rule" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  db_subnet_group_name = "main"
}

# halint-ignore[rds-single-az] until 2027-02-30: no such day
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: unused-suppression
resource "aws_db_instance" "no_day" {
  engine   = "postgres"
  multi_az = false
  #          ^^^^^ error: rds-single-az
  db_subnet_group_name = "main"
}

# halint-ignore[rds-single-az]
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: suppression-without-reason
resource "aws_db_instance" "no_reason" {
  engine               = "postgres"
  multi_az             = false
  db_subnet_group_name = "main"
}

# halint-ignore-file[rds-single-az]: too late in the file
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: unused-suppression

# halint-ignore-end[rds-single-az]
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: unused-suppression

# The words in a text are no comment.
resource "aws_db_instance" "text" {
  engine     = "postgres"
  identifier = "# halint-ignore[rds-single-az]: in a text"
  multi_az   = false
  #            ^^^^^ error: rds-single-az
  db_subnet_group_name = "main"
  tags = {
    note = <<-EOT
      # halint-ignore[rds-single-az]: in a heredoc
    EOT
  }
}

# A check that could not be decided may need its comment one day.
variable "standby" {
  type = bool
}

# halint-ignore[rds-single-az]: decided elsewhere
resource "aws_db_instance" "undecided" {
  #      ^^^^^^^^^^^^^^^^^ inconclusive: rds-single-az
  engine               = "postgres"
  multi_az             = var.standby
  db_subnet_group_name = "main"
}

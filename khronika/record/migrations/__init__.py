"""Every schema that a record ever had, oldest first."""

"""For staff: requests to change a record, records that may be one child. Each look asks for the
right again."""

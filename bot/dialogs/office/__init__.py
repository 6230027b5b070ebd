"""The door for staff: what a member of the municipal centre may do here, by buttons."""

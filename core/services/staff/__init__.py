"""Staff: invitations, rights, and the check of a right at the moment of commit."""

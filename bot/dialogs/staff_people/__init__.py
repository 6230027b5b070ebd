"""The people of a centre: who holds what, inviting, revoking, handing over for a leave."""

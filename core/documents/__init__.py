"""Documents people are given: the card of a certificate as a picture and as PDF."""

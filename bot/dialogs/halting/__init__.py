"""Staff halt a certificate, end it, or let it work again, in private."""

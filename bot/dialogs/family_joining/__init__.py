"""An invitation followed: what it offers, the consent where one is needed, joining."""

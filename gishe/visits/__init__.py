"""Who came and what for: the contact log of the counter."""

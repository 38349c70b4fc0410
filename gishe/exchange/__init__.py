"""Between cities and with the world: HSDS in and out."""

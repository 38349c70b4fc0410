"""Organizations, services and who speaks for them, in HSDS names."""

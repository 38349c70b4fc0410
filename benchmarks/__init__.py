"""How fast it is, measured beside a peer in the same run. `make bench` repeats it."""

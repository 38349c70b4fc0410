"""Numbers that add up: counts defined once, public statistics, feedback."""

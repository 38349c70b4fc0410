"""Who works here: users, roles, sign-in, timed staff sessions."""

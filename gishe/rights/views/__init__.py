"""Pages of the law: the newcomer's, and one page a route."""

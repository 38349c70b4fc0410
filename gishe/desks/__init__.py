"""Who comes in: the pages that show several rooms at once. Owns no tables."""

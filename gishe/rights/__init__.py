"""What the law lets a person do: the lawbook's answers as pages, notes and an API."""

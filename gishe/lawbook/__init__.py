"""The law as dated data, and its reading. Lawyers own this folder."""

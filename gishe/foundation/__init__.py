"""The cellar: what every room stands on."""

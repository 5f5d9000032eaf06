"""The statute as small functions with dated parameters."""

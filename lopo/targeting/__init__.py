"""Proposal lists, screening, ranking, quotas and decrees."""

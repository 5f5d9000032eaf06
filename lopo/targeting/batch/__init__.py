"""Targeting in bulk: the layout of proposal sheets, screening and ranking as pure table expressions."""

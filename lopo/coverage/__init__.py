"""Membership numbers, covered months, cards, handover."""

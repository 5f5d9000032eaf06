"""Lopo: the right people covered, no month lapsed unnoticed, every family paid, and anyone can see why."""

"""Persons, families, areas, and the registers they are checked against."""

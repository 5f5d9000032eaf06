"""Accounts of families, payment orders and bank files."""

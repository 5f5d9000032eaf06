"""Payers, budgets, bills and the orders that pay them."""

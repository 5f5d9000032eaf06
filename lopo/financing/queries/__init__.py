"""Reads payers, budgets, bills, arrears and what cover would cost."""

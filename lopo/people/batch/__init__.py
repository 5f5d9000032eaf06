"""People in bulk: cleaning names, NIKs and dates, and matching rows to persons, as pure table expressions."""

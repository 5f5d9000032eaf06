"""The work on many accounts at once: pure table expressions."""

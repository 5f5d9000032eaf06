"""Who may do what, where, and the diary of who did it."""

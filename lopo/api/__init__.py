"""The door for other systems: one file a standard."""

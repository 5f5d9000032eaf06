"""Everything that can be read about cases and decisions."""

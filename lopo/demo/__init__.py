"""The story of the Kota Kupang programme of 2025, played through the same doors as a clerk would."""

"""The door of the clock: one file a night job; only here engines and files are opened."""

"""The door for people at a screen: one file a desk."""

"""Everything that can be read about accounts, orders and bank files."""

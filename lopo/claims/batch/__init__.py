"""Tables of deaths and members in, tables of hits out."""

"""Reports, care, papers, deadlines, heirs and decisions."""

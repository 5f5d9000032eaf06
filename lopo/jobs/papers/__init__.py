"""Papers: the decree, member cards, letters and decisions as PDF and xlsx, made from frozen rows and nothing else."""

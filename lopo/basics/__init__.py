"""The ground: money, days, identity numbers and areas, in plain Python that imports nothing of ours."""

"""What it adds up to: reach, speed, money and what needs attention."""

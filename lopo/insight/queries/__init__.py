"""Reads what a programme adds up to, and what needs somebody now."""

from lopo.insight.queries.attention import Attention, attention
from lopo.insight.queries.home import Home, home
from lopo.insight.queries.programme import BillSums, ClaimSums, Standing, standing

__all__ = ["Attention", "BillSums", "ClaimSums", "Home", "Standing", "attention", "home", "standing"]

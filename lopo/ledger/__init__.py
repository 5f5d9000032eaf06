"""Every rupiah twice, never erased."""

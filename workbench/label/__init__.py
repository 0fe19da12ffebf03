"""Room: label."""

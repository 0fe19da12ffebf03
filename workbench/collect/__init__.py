"""Room: collect."""

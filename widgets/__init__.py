"""Room: widgets."""

"""Policy -> files in memory."""

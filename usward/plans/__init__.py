"""Hours that belong to the two: when they come round, and which would suit both. Pure; nothing here asks a database."""

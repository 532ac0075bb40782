"""Codebooks, and suggestions with their evidence."""

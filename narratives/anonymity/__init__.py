"""Residual identifiers and consent."""

"""The report: one self-contained HTML page that leads every number back to its passages."""

from __future__ import annotations

from narratives.outputs.report.page import render_report

__all__ = ["render_report"]

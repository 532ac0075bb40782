"""What leaves a study: the report."""

"""From report files to narratives and passages: finding, reading, cleaning, metadata, segmentation."""

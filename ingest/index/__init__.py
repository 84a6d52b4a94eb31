"""The index: one seam, two stores (Qdrant Edge in process, Qdrant server by URL)."""

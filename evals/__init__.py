"""Measuring retrieval and answers on question sets."""

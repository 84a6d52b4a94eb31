"""Public reading sets: whole answers over a folder of passages, held against the answers that its questions carry."""

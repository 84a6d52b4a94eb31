"""What was asked and answered, kept so that a talk can go on, an answer be opened again, and gaps be seen."""

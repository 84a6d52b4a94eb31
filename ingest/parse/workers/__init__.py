"""The processes that files are read in: a crash, a hang or a bomb in one costs that file and nothing else."""

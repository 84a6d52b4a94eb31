"""Speed and memory, ours and a peer's, each in a process of its own, in one run."""

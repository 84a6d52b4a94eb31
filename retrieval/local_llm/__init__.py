"""A language model on this machine: llama.cpp in a child process, reached like any other endpoint."""

"""`python -m evals.fidelity`: as `caselore eval fidelity`."""

from evals.fidelity.cli import app

if __name__ == "__main__":
    app()

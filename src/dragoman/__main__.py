"""``python -m dragoman``, where the console script isn't on the path."""

from __future__ import annotations

from dragoman.cli import main

if __name__ == "__main__":
    main()

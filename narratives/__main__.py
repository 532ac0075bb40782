"""`python -m narratives`."""

from narratives.cli import main

if __name__ == "__main__":
    main()

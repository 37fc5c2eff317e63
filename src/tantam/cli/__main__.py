"""`python -m tantam.cli` is `tantam`."""

from tantam.cli import main

if __name__ == "__main__":
    main()

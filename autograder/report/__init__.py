"""How a class did: in the terminal, as one HTML page, and as CSV."""

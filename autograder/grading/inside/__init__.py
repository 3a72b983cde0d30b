"""What runs where student code runs: a warm process without a secret, and the children that it forks."""

"""Pictures that move under the hand, and still ones."""

"""Small pages without scripts, made from the facts alone: views to embed, and what has changed since a release."""

"""The checker's rules: one small function a rule. A rule takes the Base and yields problems.

The name says what it asks.
"""

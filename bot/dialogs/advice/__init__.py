"""Choosing for a child: three questions at most, then five clubs with a reason each.

Whoever is known is not asked about; without a child an age is enough.
"""

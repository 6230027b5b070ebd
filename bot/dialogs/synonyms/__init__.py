"""For staff: what words mean to the search, what was looked for in vain, where clubs are.

Nothing here is about anybody: words lose digits and names before they are kept.
"""

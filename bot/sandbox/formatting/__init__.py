"""From what a bot writes to what a person reads: plain text and entities.

Positions in refusals are UTF-8 bytes of the source; offsets of entities are UTF-16 units of the
result; lengths of messages are counted in code points of the result.
"""

"""A strict local Telegram: the demo, the tests and the crash runs talk to it instead of Telegram.

It speaks the Bot API over HTTP and refuses what Telegram refuses, with the same words; otherwise
tests that pass here would prove nothing. It is a stranger to the product: it imports nothing of it.

The way of a request: ``server`` (routes) → ``wire`` (what was asked) → ``faults`` (does the line
break) → ``methods`` (one function a method) → ``telegram`` (the state and its rules) → ``journal``.
People's side: ``people`` (what a person does), reached over HTTP by ``control`` and ``client``.
"""

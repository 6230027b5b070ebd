"""The demo: the sandbox instead of Telegram, a municipality with a real registry, people to be."""

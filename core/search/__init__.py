"""Understanding what people write: words and their stems, wishes, likeness of questions. No I/O."""

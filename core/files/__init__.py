"""Files that come in: judged before they are unpacked, read row by row."""

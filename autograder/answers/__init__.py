"""What a student wrote: typed text, Python values and wire data, and the kinds of answer a problem may want."""

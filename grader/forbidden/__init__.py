"""Built-ins that an exercise rules out for a function: what they are called, and who uses them."""

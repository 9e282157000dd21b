"""The two doors to the page document."""

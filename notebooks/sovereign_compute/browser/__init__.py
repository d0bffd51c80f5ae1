"""A model and its view in a page without a kernel: traced once in Python, computed in the page with the same digits."""

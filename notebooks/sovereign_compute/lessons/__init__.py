"""The course: each lesson in a folder of its own, and what goes over all of them."""

"""What belongs to one notebook alone: its exercises and the functions that decide its claims (``lesson_21.py``: 21)."""

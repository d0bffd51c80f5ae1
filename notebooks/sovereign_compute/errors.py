"""The one exception that learners meet: a sentence, never a traceback."""


class CourseError(ValueError):
    """Something a learner, a scenario code or a file got wrong, said in words that name the field and the range."""

    def _render_traceback_(self):
        """What a notebook shows instead of a traceback (an IPython hook)."""
        return [f"Not possible: {self}"]

"""What lesson 34 asks its learners to try, to be written."""

from ...analysis.settings import evaluate
from ...controls.moves import Move
from ...inputs.wording import number
from ...models.gigafactory import gigafactory_use


def _result() -> str:
    return f"To be written: what one should have seen. The model gives {number(evaluate(gigafactory_use).stranded, 2)}."


# To be written: these three stand for yours. A move may begin with a preset of the model: preset="its id".
MOVES = {
    "gigafactory_use": (
        Move("To be written: first", "To be written: what to do, and what to ask oneself.", _result),
        Move("To be written: second", "To be written: what to do, and what to ask oneself.", _result),
        Move("To be written: third", "To be written: what to do, and what to ask oneself.", _result),
    )
}

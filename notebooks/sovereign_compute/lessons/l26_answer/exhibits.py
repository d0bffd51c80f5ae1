"""What lesson 26 alone shows."""

from ...models.fallback import fallback_value as fallback_value
from ...models.inference import answer_cost as answer_cost

"""What lesson 43 alone shows."""

from ..fact_check import fact_check as fact_check
from ..fact_check import filters as filters
from ..fact_check import verdicts_moved as verdicts_moved

"""All behaviours by name, in the order of the table."""
# Importing a module registers its behaviours.
import robots  # noqa: F401
import hosts  # noqa: F401
import lists  # noqa: F401
import articles  # noqa: F401
import wire  # noqa: F401
import door  # noqa: F401
from newspaper import BEHAVIOURS

__all__ = ["BEHAVIOURS"]

"""Which link comes next: forecasting on a temporal knowledge graph by counting. See docs/links.md."""

from amity.outlook.links.explain import answered, coming, told
from amity.outlook.links.graph import Graph
from amity.outlook.links.model import Learner, Model
from amity.outlook.links.past import Past, questions, walk

__all__ = ["Graph", "Learner", "Model", "Past", "answered", "coming", "questions", "told", "walk"]

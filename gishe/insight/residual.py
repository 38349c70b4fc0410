"""How far one number of a balanced network can move when the others give way.

>>> table = Network()
>>> table.add(("row", "a"), 2, 1, 4)
>>> table.add(("row", "b"), 9, 5, 20)
>>> table.can_rise(("row", "a"), 10)  # up to 4
2
>>> table.can_fall(("row", "a"), 10)  # down to 1
1
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field

Edge = tuple[str, str]


@dataclass
class Network:
    """Numbers on directed edges, each within bounds; what enters a node leaves it."""

    values: dict[Edge, int] = field(default_factory=dict)
    above: dict[Edge, int] = field(default_factory=dict)  # how much each could rise
    below: dict[Edge, int] = field(default_factory=dict)  # how much each could fall
    steps: dict[str, list[tuple[str, Edge, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def edges(self) -> list[Edge]:
        return list(self.values)

    def add(self, edge: Edge, value: int, low: int, high: int) -> None:
        """Put a number with its bounds on an edge."""
        start, end = edge
        self.values[edge] = value
        self.above[edge], self.below[edge] = high - value, value - low
        self.steps[start].append((end, edge, True))
        self.steps[end].append((start, edge, False))

    def can_rise(self, edge: Edge, want: int) -> int:
        """By how much the number can be larger, at most ``want``."""
        return self._flow(edge[1], edge[0], edge, min(want, self.above[edge]))

    def can_fall(self, edge: Edge, want: int) -> int:
        """By how much the number can be smaller, at most ``want``."""
        return self._flow(edge[0], edge[1], edge, min(want, self.below[edge]))

    def _flow(self, source: str, sink: str, without: Edge, want: int) -> int:
        """Maximum flow from source to sink in the residual network, up to ``want``."""
        above, below = dict(self.above), dict(self.below)
        above[without] = below[without] = 0
        moved = 0
        while moved < want:
            path = self._path(source, sink, above, below)
            if not path:
                break
            room = [above[e] if forward else below[e] for e, forward in path]
            amount = min(want - moved, *room)
            for e, forward in path:
                above[e] += -amount if forward else amount
                below[e] += amount if forward else -amount
            moved += amount
        return moved

    def _path(
        self, source: str, sink: str, above: dict[Edge, int], below: dict[Edge, int]
    ) -> list[tuple[Edge, bool]]:
        """The shortest way along which something can still be moved (Edmonds–Karp)."""
        came: dict[str, tuple[str, Edge, bool]] = {}
        waiting = deque([source])
        while waiting and sink not in came:
            here = waiting.popleft()
            for there, e, forward in self.steps[here]:
                room = above[e] if forward else below[e]
                if room > 0 and there not in came and there != source:
                    came[there] = (here, e, forward)
                    waiting.append(there)
        path: list[tuple[Edge, bool]] = []
        node = sink
        while node in came and node != source:
            node, e, forward = came[node]
            path.append((e, forward))
        return path[::-1]

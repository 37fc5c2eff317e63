"""Layouts: boxes keep apart and in their lanes, edges run through nothing, words stand free; whatever the graph."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.procedures.graph import Edge, Graph, Node, Size
from tantam.plan.procedures.layout import lay_out
from tests.plan.procedures.geometry import faults


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any nodes, any edges, a few ways back."""
    lanes = draw(st.integers(1, 4))
    count = draw(st.integers(1, 9))
    sizes = st.builds(Size, st.sampled_from([16.0, 70.0, 120.0]), st.sampled_from([16.0, 30.0, 70.0]))
    nodes = [Node(f"n{n}", draw(st.integers(0, lanes - 1)), draw(sizes)) for n in range(count)]
    names = [node.name for node in nodes]
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=14, unique=True))
    labels = st.one_of(st.none(), st.builds(Size, st.sampled_from([30.0, 90.0]), st.sampled_from([14.0, 44.0])))
    edges, late = [], set()
    for source, target in pairs:
        too_late = draw(st.booleans()) and draw(st.booleans()) and source not in late
        late |= {source} if too_late else set()
        edges.append(Edge(source, target, None if too_late else draw(labels), too_late))
    return Graph(tuple(nodes), tuple(edges), lanes, draw(st.booleans()))


@settings(max_examples=300, deadline=None)
@given(graphs())
def test_whatever_the_graph_nothing_lies_on_anything(graph: Graph) -> None:
    assert list(faults(graph, lay_out(graph))) == []

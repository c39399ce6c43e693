"""rdflib: SPARQLStore reads as if the graph were here, SPARQLUpdateStore writes to it."""

import pytest
from conftest import GRAPH_OF_WORKS, NAMESPACES, NOTHING_LIKE_IT, WORKS
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

ZM = Namespace("https://w3id.org/zhengmai#")
OURS = URIRef("urn:x-test:笔记")
METHODS = ["GET", "POST", "POST_FORM"]


def reading(base, **options):
    return Graph(store=SPARQLStore(f"{base}/sparql", **options))


@pytest.fixture
def writing(writable, token):
    """An empty graph of one's own, which goes when the test ends."""
    headers = {"Authorization": f"Bearer {token}"}
    store = SPARQLUpdateStore(f"{writable}/sparql", f"{writable}/sparql", autocommit=False, headers=headers)
    yield Graph(store=store, identifier=OURS)
    store.rollback()
    store.update(f"DROP SILENT GRAPH <{OURS}>")
    store.commit()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_a_table_is_that_of_the_command_line_by_every_method_in_every_format(base, command_line, method, form):
    found = reading(base, method=method, returnFormat=form).query(WORKS)
    rows = {tuple(sorted((str(name), str(value)) for name, value in row.asdict().items() if str(value))) for row in found}
    assert rows == command_line.rows(WORKS)


@pytest.mark.parametrize("method", METHODS)
def test_a_yes_or_no_and_a_graph_come_by_every_method(base, command_line, method):
    graph = reading(base, method=method)
    assert graph.query(NOTHING_LIKE_IT).askAnswer is False
    constructed = graph.query(GRAPH_OF_WORKS).graph
    assert len(constructed) > 10 and isomorphic(constructed, command_line.graph(GRAPH_OF_WORKS))


def test_triples_are_found_by_their_parts(base, command_line):
    graph = reading(base)
    titles = command_line.graph(GRAPH_OF_WORKS)
    for work, title in list(titles.subject_objects(SKOS.prefLabel))[:5]:
        assert (work, RDF.type, ZM.PolicyDocument) in graph
        assert graph.value(work, SKOS.prefLabel) == title
        assert work in set(graph.subjects(SKOS.prefLabel, title))
    works = set(graph.subjects(RDF.type, ZM.PolicyDocument))
    assert works == set(titles.subjects())
    assert len(graph) == int(next(iter(command_line.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))[0][1])


def test_the_layers_are_named_graphs(base, command_line):
    links = URIRef(f"{base}/graph/links")
    layer = Graph().parse(data=command_line.run("export", "--layer", "links", "--format", "ntriples"), format="nt")
    store = SPARQLStore(f"{base}/sparql")
    assert set(Graph(store=store, identifier=links)) == set(layer) and len(layer) > 0
    named = {getattr(graph, "identifier", graph) for graph in store.contexts()}
    assert named == {URIRef(dict(row)["g"]) for row in command_line.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}


def test_what_was_written_is_read_again(writing):
    note = URIRef("urn:x-test:笔记/一")
    words = Literal('引号"、换行\n、反斜杠\\、表情🙂', lang="zh")
    writing.add((note, RDFS.comment, words))
    writing.add((note, RDF.value, Literal(39)))
    writing.store.commit()
    assert set(writing) == {(note, RDFS.comment, words), (note, RDF.value, Literal(39))}
    writing.set((note, RDF.value, Literal(40)))
    writing.remove((note, RDFS.comment, None))
    writing.store.commit()
    assert set(writing) == {(note, RDF.value, Literal(40))}


def test_many_are_written_at_once_and_the_union_holds_them(writing, writable):
    quads = [(URIRef(f"urn:x-test:笔记/{n}"), RDF.value, Literal(n), writing) for n in range(500)]
    writing.addN(quads)
    writing.store.commit()
    assert len(writing) == 500
    plain = Graph(store=SPARQLStore(f"{writable}/sparql"))
    assert plain.value(quads[7][0], RDF.value) == Literal(7)


def test_what_is_rolled_back_was_never_sent(writing):
    writing.add((OURS, RDF.value, Literal(1)))
    writing.store.rollback()
    assert len(writing) == 0


def test_an_update_with_a_pattern_reads_the_layers_and_writes_beside_them(writing, command_line):
    writing.update(NAMESPACES + "INSERT { ?work zm:seen true } WHERE { GRAPH ?g { ?work a zm:PolicyDocument } }")
    writing.store.commit()
    works = command_line.graph(GRAPH_OF_WORKS).subjects()
    assert set(writing.subjects(ZM.seen, Literal(True))) == set(works)


@pytest.mark.parametrize(
    ("sent", "graph", "status"),
    [
        ("", OURS, 401),
        ("Bearer zm_0000", OURS, 401),
        ("right", "{base}/graph/effective", 403),
    ],
)
def test_nothing_is_written_without_the_right_to(writable, token, base, sent, graph, status):
    headers = {"Authorization": f"Bearer {token}" if sent == "right" else sent} if sent else {}
    store = SPARQLUpdateStore(f"{writable}/sparql", f"{writable}/sparql", headers=headers)
    graph = URIRef(graph.format(base=base))
    with pytest.raises(Exception) as refused:
        Graph(store=store, identifier=graph).add((OURS, RDF.value, Literal(1)))
    assert getattr(refused.value, "code", None) == status, refused.value
    plain = Graph(store=SPARQLStore(f"{writable}/sparql"))
    assert (OURS, RDF.value, None) not in plain


def test_a_service_that_only_reads_says_so(base, token):
    store = SPARQLUpdateStore(f"{base}/sparql", f"{base}/sparql", headers={"Authorization": f"Bearer {token}"})
    with pytest.raises(Exception) as refused:
        Graph(store=store, identifier=OURS).add((OURS, RDF.value, Literal(1)))
    assert getattr(refused.value, "code", None) in (401, 403), refused.value

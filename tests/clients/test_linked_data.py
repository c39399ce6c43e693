"""rdflib on dereferenced IRIs: one graph, whatever format it is asked for in."""

import pytest
import requests
from conftest import encoded
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic

# Media type, and what `?format=` calls it.
FORMATS = [
    ("text/turtle", "turtle"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "ntriples"),
    ("application/rdf+xml", "rdfxml"),
]


def fetched(address, accept):
    answer = requests.get(address, headers={"Accept": accept}, timeout=30)
    assert answer.status_code == 200, answer.text
    media_type = answer.headers["Content-Type"].split(";")[0]
    return media_type, Graph().parse(data=answer.content, format=media_type, publicID=answer.url)


def test_every_format_of_every_kind_of_thing_is_the_same_graph(entities):
    for iri in entities.values():
        graphs = []
        for media_type, _ in FORMATS:
            sent, graph = fetched(encoded(iri), media_type)
            assert sent == media_type
            graphs.append(graph)
        assert (URIRef(iri), None, None) in graphs[0], iri
        for (media_type, _), graph in zip(FORMATS[1:], graphs[1:]):
            assert isomorphic(graphs[0], graph), f"{iri} {media_type}"


def test_a_format_in_the_address_is_that_of_the_header(base, entities):
    for media_type, name in FORMATS:
        address = encoded(entities["PolicyDocument"]).replace(f"{base}/id/", f"{base}/doc/") + f"?format={name}"
        sent, graph = fetched(address, "*/*")
        assert sent == media_type
        assert isomorphic(graph, fetched(encoded(entities["PolicyDocument"]), media_type)[1])


def test_rdflib_finds_its_way_by_itself(entities):
    """`parse` with nothing but the address: rdflib's own Accept header, its redirects, its guess of the format."""
    for iri in entities.values():
        graph = Graph().parse(encoded(iri))
        assert (URIRef(iri), None, None) in graph, iri
        assert isomorphic(graph, fetched(encoded(iri), "text/turtle")[1])


def test_what_is_said_of_a_thing_is_what_the_command_line_knows(entities, command_line):
    for name in ("PolicyDocument", "Policy", "Measure"):
        iri = entities[name]
        known = command_line.graph(f"CONSTRUCT {{ <{iri}> ?p ?o }} {{ <{iri}> ?p ?o }}")
        said = Graph().parse(encoded(iri))
        assert set(said.triples((URIRef(iri), None, None))) == set(known) and len(known) > 2, name


@pytest.mark.parametrize("layer", ["links", "effective"])
def test_the_graph_of_a_layer_is_the_layer_by_the_graph_store_and_by_the_dump(base, command_line, layer):
    known = Graph().parse(data=command_line.run("export", "--layer", layer, "--format", "ntriples"), format="nt")
    address = f"{base}/store?graph={base}/graph/{layer}"
    for media_type, _ in FORMATS:
        assert isomorphic(fetched(address, media_type)[1], known), media_type
    assert isomorphic(fetched(f"{base}/dump?layer={layer}&format=turtle", "*/*")[1], known)


def test_the_whole_dump_has_every_quad_in_its_graph(base, command_line):
    def quads(text, form):
        dataset = Dataset()
        dataset.parse(data=text, format=form)
        return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads()}

    known = quads(command_line.run("export", "--format", "nquads"), "nquads")
    assert len(known) > 1000
    for name, form in [("nquads", "nquads"), ("trig", "trig")]:
        answer = requests.get(f"{base}/dump?format={name}", timeout=60)
        assert quads(answer.content.decode(), form) == known, name


def test_descriptions_are_rdf_in_every_format(base):
    for path in ("/.well-known/void", "/.well-known/sparql-examples", "/sparql"):
        graphs = [fetched(base + path, media_type)[1] for media_type, _ in FORMATS]
        assert len(graphs[0]) > 5
        for graph in graphs[1:]:
            assert isomorphic(graphs[0], graph), path

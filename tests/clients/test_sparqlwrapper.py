"""SPARQLWrapper: every format that it knows, by every method."""

import csv
import io

import pytest
from conftest import GRAPH_OF_WORKS, NOTHING_LIKE_IT, WORKS, rows_of
from rdflib import Graph
from rdflib.compare import isomorphic
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def asked(base, text, form, way=WAYS[0]):
    client = SPARQLWrapper(f"{base}/sparql")
    client.setMethod(way[0])
    client.setRequestMethod(way[1])
    client.setQuery(text)
    client.setReturnFormat(form)
    return client.query()


def of_xml(document):
    """The bindings of a result in XML, as those in JSON are."""
    for result in document.getElementsByTagName("result"):
        row = {}
        for binding in result.getElementsByTagName("binding"):
            term = next(node for node in binding.childNodes if node.nodeType == node.ELEMENT_NODE)
            row[binding.getAttribute("name")] = {"value": "".join(text.data for text in term.childNodes)}
        yield row


@pytest.mark.parametrize("way", WAYS)
def test_a_table_in_json_and_xml_is_that_of_the_command_line(base, command_line, way):
    assert rows_of(asked(base, WORKS, JSON, way).convert()["results"]["bindings"]) == command_line.rows(WORKS)
    assert rows_of(of_xml(asked(base, WORKS, XML, way).convert())) == command_line.rows(WORKS)


def test_a_table_in_csv_has_the_values(base, command_line):
    lines = csv.DictReader(io.StringIO(asked(base, WORKS, CSV).convert().decode()))
    rows = {tuple(sorted((name, value) for name, value in line.items() if value)) for line in lines}
    assert rows == command_line.rows(WORKS)


def test_a_table_in_tsv_has_the_terms(base, command_line):
    lines = asked(base, WORKS, TSV).convert().decode().splitlines()
    known = [line for line in command_line.query(WORKS, "tsv").splitlines() if line]
    assert sorted(lines) == sorted(known) and len(lines) > 10


@pytest.mark.parametrize(("form", "answer"), [(JSON, lambda found: found["boolean"]), (XML, lambda found: "true" in found.toxml())])
def test_a_yes_or_no_is_no(base, form, answer):
    assert answer(asked(base, NOTHING_LIKE_IT, form).convert()) is False


# (what is asked for, what SPARQLWrapper makes of it: a graph, or bytes and the parser for them)
@pytest.mark.parametrize(("form", "parser"), [(TURTLE, "turtle"), (N3, "n3"), (RDFXML, None), (JSONLD, None), (XML, None)])
@pytest.mark.parametrize("way", WAYS)
def test_a_graph_is_the_same_in_every_format(base, command_line, form, parser, way):
    found = asked(base, GRAPH_OF_WORKS, form, way).convert()
    graph = Graph().parse(data=found, format=parser) if parser else found
    assert len(graph) > 10 and isomorphic(graph, command_line.graph(GRAPH_OF_WORKS))


def test_a_description_holds_the_thing(base, entities):
    graph = asked(base, f"DESCRIBE <{entities['PolicyDocument']}>", RDFXML).convert()
    assert entities["PolicyDocument"] in {str(subject) for subject in graph.subjects()}


def test_a_named_graph_may_be_the_default(base, command_line):
    client = SPARQLWrapper(f"{base}/sparql", returnFormat=JSON, defaultGraph=f"{base}/graph/links")
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    lines = command_line.run("export", "--layer", "links", "--format", "ntriples").splitlines()
    assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == str(len(lines))


def test_a_mistake_is_said_to_be_one(base):
    with pytest.raises(QueryBadFormed, match="query-syntax"):
        asked(base, "SELEKT * { ?s ?p ?o }", JSON)


def test_an_update_takes_the_token_in_a_header(writable, token):
    client = SPARQLWrapper(f"{writable}/sparql", returnFormat=JSON)
    client.setMethod(POST)
    client.setQuery("INSERT DATA { GRAPH <urn:x-test:包> { <urn:x-test:一> <urn:x-test:名> '名'@zh } }")
    with pytest.raises(Unauthorized):
        client.query()
    client.addCustomHttpHeader("Authorization", f"Bearer {token}")
    for way in (URLENCODED, POSTDIRECTLY):
        client.setRequestMethod(way)
        assert client.query().response.status == 204
    ask = "ASK { GRAPH <urn:x-test:包> { <urn:x-test:一> <urn:x-test:名> '名'@zh } }"
    assert asked(writable, ask, JSON).convert()["boolean"] is True
    client.setQuery("DROP GRAPH <urn:x-test:包>")
    client.query()
    assert asked(writable, ask, JSON).convert()["boolean"] is False

"""The service that clients talk to, and the same answers by another way: the command line, on a copy of the store."""

import json
import os
import subprocess
from urllib.parse import quote, unquote

import pytest
from rdflib import Graph, URIRef

NAMESPACES = """
PREFIX zm: <https://w3id.org/zhengmai#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# Every work with its title, and its number where it has one: unbound cells, tagged text, IRIs in Chinese.
WORKS = (
    NAMESPACES
    + "SELECT ?work ?title ?number { ?work a zm:PolicyDocument ; skos:prefLabel ?title"
    + " OPTIONAL { ?work eli:number ?number } }"
)
GRAPH_OF_WORKS = NAMESPACES + "CONSTRUCT { ?work skos:prefLabel ?title } { ?work a zm:PolicyDocument ; skos:prefLabel ?title }"
NOTHING_LIKE_IT = NAMESPACES + "ASK { ?work a zm:NoSuchClass }"


class CommandLine:
    """`zhengmai` on a copy of what is served."""

    def __init__(self, program, store):
        self.program, self.store = program, store

    def run(self, *arguments, text=""):
        command = [self.program, *arguments, "--store", self.store]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    def query(self, text, form="json"):
        return self.run("query", "-", "--format", form, text=text)

    def rows(self, text):
        """The rows of a SELECT: a set of sorted (variable, value) pairs."""
        bindings = json.loads(self.query(text))["results"]["bindings"]
        return rows_of(bindings)

    def named(self):
        """The names of the queries that there are."""
        return {line.strip() for line in self.run("query", "--list").splitlines() if line.strip() and not line.startswith(" ")}

    def graph(self, text):
        return Graph().parse(data=self.query(text, "ntriples"), format="nt")


def rows_of(bindings):
    return {tuple(sorted((name, term["value"]) for name, term in row.items())) for row in bindings}


@pytest.fixture(scope="session")
def base():
    """The service that only reads; its IRIs are its own addresses."""
    return os.environ["READING_URL"]


@pytest.fixture(scope="session")
def writable():
    """A service that takes updates, with a token."""
    return os.environ["WRITING_URL"]


@pytest.fixture(scope="session")
def token():
    return os.environ["WRITER_TOKEN"]


@pytest.fixture(scope="session")
def command_line():
    return CommandLine(os.environ["ZHENGMAI"], os.environ["COPY_OF_STORE"])


@pytest.fixture(scope="session")
def entities(base, command_line):
    """One thing of every class that has an address of its own: class → IRI, as it stands in the graph."""
    found = json.loads(
        command_line.query(
            f'SELECT ?class (MIN(STR(?thing)) AS ?iri) {{ ?thing a ?class FILTER(STRSTARTS(STR(?thing), "{base}/id/")) }} GROUP BY ?class'
        )
    )["results"]["bindings"]
    entities = {row["class"]["value"].rsplit("#")[-1]: row["iri"]["value"] for row in found}
    assert {"PolicyDocument", "Policy", "Citation", "Measure"} <= set(entities)
    return entities


def encoded(iri):
    """An IRI as a URI: UTF-8, percent-encoded (RFC 3987, 3.1)."""
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%-._~")


def raw(uri):
    return URIRef(unquote(uri))

"""rapper (Raptor): the parsers of C's RDF tools on entity IRIs, strictly, by its own header and by its own redirects."""

import subprocess

import pytest
from conftest import encoded
from rdflib import Graph
from rdflib.compare import isomorphic


def parsed(address, syntax):
    """What rapper reads from an address; it must have nothing to warn of."""
    run = subprocess.run(["rapper", "-i", syntax, "-o", "ntriples", address], capture_output=True, text=True, check=False)
    said = run.stderr.lower()
    assert run.returncode == 0 and "error" not in said and "warning" not in said, f"{address}: {run.stderr}"
    return Graph().parse(data=run.stdout, format="nt")


@pytest.mark.parametrize("syntax", ["guess", "turtle", "rdfxml", "ntriples"])
def test_every_kind_of_thing_is_read_in_every_syntax(entities, syntax):
    for iri in entities.values():
        found = parsed(encoded(iri), syntax)
        assert len(found) > 0 and isomorphic(found, Graph().parse(encoded(iri))), iri


def test_the_ontology_and_the_descriptions_are_read(base):
    for path in ("/ontology/zhengmai.ttl", "/ontology/kinds.ttl", "/ontology/shapes.ttl", "/.well-known/void", "/.well-known/sparql-examples"):
        assert len(parsed(base + path, "turtle")) > 10, path


def test_layers_of_the_dump_are_read(base, command_line):
    found = parsed(f"{base}/dump?layer=effective&format=turtle", "turtle")
    known = Graph().parse(data=command_line.run("export", "--layer", "effective", "--format", "ntriples"), format="nt")
    assert isomorphic(found, known) and len(known) > 100

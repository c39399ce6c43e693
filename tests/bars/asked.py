"""Asks the questions of queries/ and those of tests/queries/legitimate.txt of a running service with its default limits: none may be refused.

    BARS_STORE=FOLDER asked.py [WORD …]
"""

import re
import sys
import tempfile

import served

PREFIXES = """PREFIX zm: <https://w3id.org/zhengmai#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX schema: <http://schema.org/>
"""


def questions():
    """Name and text of each."""
    for path in sorted((served.ROOT / "queries").glob("*.rq")):
        yield path.stem, path.read_text()
    text = (served.ROOT / "tests/queries/legitimate.txt").read_text()
    for block in text.split("\n## ")[1:]:
        name, query = block.split("\n", 1)
        query = re.sub(r"\{\{(,?)(\d+)\}\}", lambda m: (", " if m[1] else " ").join(map(str, range(int(m[2])))), query)
        yield name, PREFIXES + query


def main():
    words, failed, empty, times = sys.argv[1:], 0, [], []
    scratch = tempfile.TemporaryDirectory()
    with served.serve(served.program(), served.store(scratch.name)) as server:
        client = served.Client(server.port)
        for name, query in questions():
            if words and not any(word in name for word in words):
                continue
            is_graph = "CONSTRUCT {" in query or "DESCRIBE" in query
            answer = client.ask(query, "text/turtle" if is_graph else "text/csv")
            lines = answer.body.count(b"\n")
            times.append((answer.took, name))
            if answer.status != 200 or not answer.whole:
                failed += 1
                print(f"✗ {answer.took:6.2f} s {answer.status} {name}: {answer.body[:300].decode(errors='replace')}", flush=True)
            elif lines <= 1 and b"true" not in answer.body:
                empty.append(name)
            else:
                print(f"  {answer.took:6.2f} s {lines:8} lines {server.memory():6.0f} MB {name}", flush=True)
    print(f"{len(times)} asked, {failed} without an answer, {len(empty)} with an empty one; p50 {served.share([t for t, _ in times], 50):.2f} s")
    print("slowest:", "; ".join(f"{took:.1f} s {name}" for took, name in sorted(times, reverse=True)[:8]))
    print("empty:", "; ".join(empty))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

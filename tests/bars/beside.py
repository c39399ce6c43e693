"""Beside another server of the same engine, on the same data: throughput of small queries and of large answers, time to the first byte.

    BARS_STORE=FOLDER OXIGRAPH='PROGRAM' OXIGRAPH_STORE=FOLDER beside.py [ROUNDS]

OXIGRAPH is `oxigraph` of the package oxigraph==0.5.13. Its store is made of `zhengmai export` where it is missing. Ours runs with its limits,
a token asked for with every request, and the log of queries; runs alternate, and the medians of the ratios of neighbours count.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import durable
import hostile
import served

PREFIXES = hostile.ZM + "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
SECONDS = 3.0

SMALL = [
    "ASK { ?p a zm:Policy }",
    "SELECT ?p ?l { ?p a zm:Policy ; zm:level zm:national ; skos:prefLabel ?l } LIMIT 10",
    "SELECT ?a ?b { ?a zm:implements ?b } LIMIT 20",
    "SELECT ?w ?n { ?w eli:number ?n ; zm:status zm:held } LIMIT 5",
    "SELECT ?m ?q { ?m a zm:Measure ; zm:quote ?q ; zm:lead ?a } LIMIT 10",
    "CONSTRUCT { ?a zm:implements ?b } { ?a zm:implements ?b } LIMIT 20",
]
LARGE = [
    ("triples as JSON", "SELECT * { ?s ?p ?o } LIMIT 200000", "application/sparql-results+json"),
    ("claims as CSV", "SELECT ?c ?s ?o { ?c rdf:subject ?s ; rdf:object ?o } LIMIT 100000", "text/csv"),
    ("measures as TSV", "SELECT ?m ?q { ?m a zm:Measure ; zm:quote ?q } LIMIT 100000", "text/tab-separated-values"),
    ("triples as N-Triples", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 200000", "application/n-triples"),
]


def accept(query):
    return "application/n-triples" if query.startswith("CONSTRUCT") else "application/sparql-results+json"


def small(server, path, headers):
    """Queries a second, and seconds of processor for each."""
    client = served.Client(server.port)
    messages = [served.request(PREFIXES + query, accept(query), "", headers, path) for query in SMALL]
    began, before, count = time.perf_counter(), server.cpu(), 0
    while time.perf_counter() - began < SECONDS:
        for message in messages:
            answer = client.send(message, keep=False)
            if answer.status != 200 or not answer.whole:
                raise SystemExit(f"{answer.status}: {message[-200:]}")
        count += len(messages)
    return count / (time.perf_counter() - began), (server.cpu() - before) / count


def large(server, path, headers, query, kind):
    """Megabytes a second, seconds to the first byte, seconds of processor for a megabyte, bytes."""
    client = served.Client(server.port, 300)
    before = server.cpu()
    answer = client.send(served.request(PREFIXES + query, kind, "", headers, path), keep=False)
    if answer.status != 200 or not answer.whole:
        raise SystemExit(f"{answer.status} {answer.whole}: {query}")
    megabytes = answer.size / 1e6
    return megabytes / answer.took, answer.first, (server.cpu() - before) / megabytes, answer.size


def ratios(name, ours, theirs, unit, better):
    """The median of the ratios of neighbouring runs."""
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    mark = "✓" if (ratio >= 1) == (better > 0) or abs(ratio - 1) < 0.02 else "✗"
    print(f"{mark} {name}: ours {statistics.median(ours):.4g}, theirs {statistics.median(theirs):.4g} {unit}, ×{ratio:.2f}", flush=True)
    return mark == "✓"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    oxigraph = os.environ.get("OXIGRAPH") or sys.exit("OXIGRAPH: the program of the package oxigraph==0.5.13")
    with tempfile.TemporaryDirectory() as scratch:
        store = durable.fresh(scratch) if "BARS_STORE" not in os.environ else Path(os.environ["BARS_STORE"])
        other = Path(os.environ.get("OXIGRAPH_STORE", f"{scratch}/other"))
        if not other.exists():
            dump = Path(scratch) / "dump.nq"
            with open(dump, "wb") as out:
                subprocess.run([served.program(), "export", "--store", store], check=True, stdout=out)
            subprocess.run([oxigraph, "load", "--location", other, "--file", dump], check=True, stderr=subprocess.DEVNULL)
            dump.unlink()
        headers = f"Authorization: Bearer {durable.token(store, 'reader')}\r\n"
        port = served.free_port()
        command = [oxigraph, "serve", "--location", str(other), "--bind", f"127.0.0.1:{port}", "--union-default-graph", "--timeout-s", "30"]
        log = f"{scratch}/queries.jsonl"
        with (
            served.serve(served.program(), store, "--no-anonymous", "--query-log", log, "--rate-limit-loopback", "--rate-limit", "1000000") as ours,
            served.Server(command, port) as theirs,
        ):
            both = [(ours, "/sparql", headers), (theirs, "/query", "")]
            for one in both:
                small(*one)
            runs = [[small(*one) for one in (both if n % 2 else both[::-1])][:: 1 if n % 2 else -1] for n in range(rounds)]
            good = ratios("small queries a second", [a[0] for a, _ in runs], [b[0] for _, b in runs], "/s", 1)
            ratios("  their processor time", [a[1] * 1e6 for a, _ in runs], [b[1] * 1e6 for _, b in runs], "µs", -1)
            for name, query, kind in LARGE:
                for one in both:
                    large(*one, query, kind)
                runs = [[large(*one, query, kind) for one in (both if n % 2 else both[::-1])][:: 1 if n % 2 else -1] for n in range(rounds)]
                if runs[0][0][3] != runs[0][1][3]:
                    print(f"  {name}: {runs[0][0][3]} bytes, theirs {runs[0][1][3]}")
                good &= ratios(f"{name}, MB a second", [a[0] for a, _ in runs], [b[0] for _, b in runs], "MB/s", 1)
                good &= ratios(f"{name}, first byte", [a[1] * 1e3 for a, _ in runs], [b[1] * 1e3 for _, b in runs], "ms", -1)
                ratios("  their processor time", [a[2] * 1e3 for a, _ in runs], [b[2] * 1e3 for _, b in runs], "ms/MB", -1)
    sys.exit(not good)


if __name__ == "__main__":
    main()

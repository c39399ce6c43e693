"""Hostile queries against a running service: each is stopped or refused, in time, with nothing left running; others are served meanwhile.

    BARS_STORE=FOLDER limits.py [WORD …]     only the queries whose names have one of the words
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import deque

import hostile
import served

DEADLINE = 2.0  # seconds, of every hostile query
LATE = 1.0  # how long after it the answer may end
AFTER = 2.0  # when nothing may run any more
IDLE = 0.10  # of one processor: what counts as idle
THREADS = 1_000  # queries over which the count of threads stays flat
SMALL = hostile.ZM + "SELECT ?p ?l { ?p a zm:Policy ; zm:level zm:national ; skos:prefLabel ?l } LIMIT 10"


def neighbour(port, pipe):
    """Another client: a small query every few milliseconds. Gives back what each took since it was last asked."""
    client, times = served.Client(port), []
    while True:
        answer = client.ask(SMALL)
        times.append(answer.took if answer.status == 200 and answer.whole else 60.0)
        if pipe.poll():
            if pipe.recv() == "end":
                return
            pipe.send(times)
            times = []
        time.sleep(0.004)


def judged(answer):
    """Why an answer is not as it should be, or nothing."""
    if answer.status == 200:
        return "a whole answer, or a part that looks like one" if answer.whole is not False else ""
    if "content-encoding" in answer.headers:
        return "" if answer.status in (400, 422, 503) and answer.whole else f"status {answer.status}, whole {answer.whole}"
    if answer.status not in (400, 422, 503) or not answer.whole:
        return f"status {answer.status}, whole {answer.whole}"
    problem = json.loads(answer.body)
    wanted = {400: ("too-complex", "bad-request", "syntax"), 422: ("too-long",), 503: ("timeout", "memory")}[answer.status]
    return "" if problem.get("code") in wanted else f"code {problem.get('code')}"


class Run:
    def __init__(self, server):
        self.server, self.faults, self.ratios, self.during = server, [], [], []
        self.pipe, far = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=neighbour, args=(server.port, far), daemon=True)
        self.process.start()
        os.nice(19)  # who attacks does so from another machine
        time.sleep(3)
        self.others()
        time.sleep(12)
        times = self.others()
        self.usual = served.share(times, 99)
        self.threads = server.threads()
        print(f"others, usually: {len(times)} queries, p50 {served.share(times, 50) * 1e3:.1f} ms, p99 {self.usual * 1e3:.1f} ms; {self.threads} threads")

    def others(self):
        self.pipe.send("times")
        return self.pipe.recv()

    def fault(self, name, what):
        self.faults.append(f"{name}: {what}")

    def ask(self, name, query, accept, headers=""):
        self.others()
        client = served.Client(self.server.port)
        answer = client.ask(query, accept, f"&timeout={DEADLINE}", headers)
        others = self.others()
        client.close()
        late = answer.took - DEADLINE
        if late > LATE:
            self.fault(name, f"{late:.2f} s late")
        if why := judged(answer):
            self.fault(name, why)
        p99 = served.share(others, 99) if len(others) > 100 else 0
        ratio = p99 / self.usual
        self.during += others if answer.took > 1 else []
        if ratio:
            self.ratios.append((ratio, name))
        time.sleep(AFTER - 0.5)
        # The neighbour's own queries are no part of what should have ended.
        self.pipe.send("end")
        self.process.join()
        before, began = self.server.cpu(), time.perf_counter()
        time.sleep(0.5)
        busy = (self.server.cpu() - before) / (time.perf_counter() - began)
        threads = self.server.threads()
        self.pipe, far = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=neighbour, args=(self.server.port, far), daemon=True)
        self.process.start()
        if busy > IDLE:
            self.fault(name, f"{busy:.0%} of a processor {AFTER} s after it")
        if threads > self.threads:
            self.fault(name, f"{threads} threads, {self.threads} before")
        is_told = answer.status != 200 and answer.whole and "content-encoding" not in answer.headers
        code = json.loads(answer.body).get("code") if is_told else "refused" if answer.status != 200 else "broken off" if answer.whole is False else "whole"
        print(f"{answer.took:6.2f} s  {answer.status} {code:<12} others' p99 ×{ratio:<4.1f} cpu after {busy:4.0%}  {self.server.memory():5.0f} MB  {name}", flush=True)


def flat(run):
    """Queries of all kinds, stopped and not, one after the other and at once: the threads stay."""
    def many(port, count):
        client = served.Client(port)
        for n in range(count):
            client.ask(SMALL if n % 4 else hostile.TABLES["joins"], extra="" if n % 4 else "&timeout=0.02")

    counts = deque()
    workers = [multiprocessing.Process(target=many, args=(run.server.port, THREADS // 4)) for _ in range(4)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        counts.append(run.server.threads())
        time.sleep(0.2)
    time.sleep(AFTER)
    counts.append(run.server.threads())
    print(f"{THREADS} queries, four at once: {run.threads} threads before, {max(counts)} at most, {counts[-1]} after")
    if max(counts) > run.threads:
        run.fault("threads", f"{max(counts)}, {run.threads} before")


def main():
    words = sys.argv[1:]
    scratch = tempfile.TemporaryDirectory()
    flags = ["--query-log", f"{scratch.name}/queries.jsonl"]
    with served.serve(served.program(), served.store(scratch.name), *flags, log=f"{scratch.name}/log") as server:
        run = Run(server)
        chosen = lambda name: not words or any(word in name for word in words)
        for name, query in hostile.TABLES.items():
            if chosen(name):
                run.ask(name, query, "application/sparql-results+json" if not query.startswith("CONSTRUCT") else "text/turtle")
        for name, query in hostile.GRAPHS.items():
            if chosen(name):
                run.ask(name, query, "text/turtle")
        for kind, (query, formats) in hostile.STREAMS.items():
            for accept in formats:
                for encoding in ("identity", "gzip", "br", "zstd") if accept in ("text/csv", "application/n-triples") else ("identity",):
                    name = f"{kind} as {accept} {encoding}"
                    if chosen(name):
                        run.ask(name, query, accept, f"Accept-Encoding: {encoding}\r\n")
        if chosen("threads"):
            flat(run)
        run.pipe.send("end")
    if run.during:
        ratio = served.share(run.during, 99) / run.usual
        print(f"others' p99 while hostile queries ran: {served.share(run.during, 99) * 1e3:.1f} ms, ×{ratio:.2f} of the usual, over {len(run.during)} queries")
        if ratio > 3:
            run.fault("others", f"p99 ×{ratio:.1f}")
        print("worst:", ", ".join(f"×{ratio:.1f} {name}" for ratio, name in sorted(run.ratios, reverse=True)[:5]))
    for fault in run.faults:
        print("✗", fault)
    print(f"{len(run.faults)} faults" if run.faults else "✓ all stopped, in time, with nothing left")
    sys.exit(bool(run.faults))


if __name__ == "__main__":
    main()

"""What has been acknowledged is there: after kill -9 under write load, and in a backup made while others write.

    durable.py kill [ROUNDS]
    durable.py backup [SECONDS]
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import served

WRITERS = 4


class Load:
    """Writers that count up, each in a graph of its own. `done` is how far each was answered, `begun` how far it asked."""

    def __init__(self, port, begin, headers=""):
        self.port, self.headers = port, headers
        self.done, self.begun, self.stop = list(begin), list(begin), False
        self.threads = [threading.Thread(target=self._write, args=(n,), daemon=True) for n in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _write(self, writer):
        client = served.Client(self.port, 20)
        while not self.stop:
            number = self.done[writer] + 1
            self.begun[writer] = number
            answer = client.send(message(writer, number, self.headers))
            if answer.status not in (200, 201, 204) or not answer.whole:
                return
            self.done[writer] = number

    def end(self):
        self.stop = True
        for thread in self.threads:
            thread.join(30)


def message(writer, number, headers):
    """One write, in turn an update, a graph sent, and an update of two operations: every number comes with three triples, all or none."""
    triples = f"<urn:w{writer}:{number}> <urn:number> {number} ; <urn:half> '一' ; <urn:other> '{'二' * (number % 50)}' ."
    if number % 3 == 1:
        path, kind, body = f"/store?graph=urn:w{writer}", "text/turtle", triples
    elif number % 3 == 2:
        path, kind, body = "/sparql", "application/sparql-update", f"INSERT DATA {{ GRAPH <urn:w{writer}> {{ {triples} }} }}"
    else:
        one, rest = triples.split(" ; ", 1)
        path, kind = "/sparql", "application/sparql-update"
        body = f"INSERT DATA {{ GRAPH <urn:w{writer}> {{ {one} }} }} ; INSERT {{ GRAPH <urn:w{writer}> {{ ?s {rest} }} }} WHERE {{ GRAPH <urn:w{writer}> {{ ?s <urn:number> {number} }} }}"
    body = body.encode()
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def held(port, writer, headers=""):
    """The numbers that are there, and those of which only a part is."""
    query = f"SELECT ?s (COUNT(*) AS ?n) {{ GRAPH <urn:w{writer}> {{ ?s ?p ?o }} }} GROUP BY ?s"
    answer = served.Client(port).ask(query, "text/csv", "", headers)
    if answer.status != 200 or not answer.whole:
        raise SystemExit(f"没有答案 (no answer): {answer.status} {answer.body[:300]}")
    rows = [line.split(",") for line in answer.body.decode().split("\r\n")[1:] if line]
    numbers = {int(subject.rsplit(":", 1)[1]): int(count) for subject, count in rows}
    return set(numbers), {number for number, count in numbers.items() if count != 3}


def lost(port, done, begun, headers=""):
    """What is wrong with what a store holds, after so much was acknowledged and so much asked for."""
    faults = []
    for writer in range(WRITERS):
        there, halves = held(port, writer, headers)
        missing = set(range(1, done[writer] + 1)) - there
        invented = there - set(range(1, begun[writer] + 1))
        for what, numbers in (("missing", missing), ("half", halves), ("never asked for", invented)):
            if numbers:
                faults.append(f"writer {writer}: {len(numbers)} {what}, e.g. {min(numbers)} (acknowledged {done[writer]})")
    return faults


def verified(store):
    """What `zhengmai verify` has to say against a store."""
    told = subprocess.run([served.program(), "verify", "--store", store], capture_output=True, text=True)
    return [] if told.returncode == 0 else [f"verify: {told.returncode} {told.stdout[-800:]} {told.stderr[-400:]}"]


def fresh(scratch):
    """A store of the documents, or a copy of BARS_STORE."""
    if "BARS_STORE" not in os.environ:
        return served.store(scratch)
    return Path(shutil.copytree(os.environ["BARS_STORE"], Path(scratch) / "copy"))


def killed(scratch, rounds):
    seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
    moment = random.Random(seed)
    store, done, faults = fresh(scratch), [0] * WRITERS, []
    flags = ["--allow-update", "--insecure-no-auth"]
    for n in range(rounds):
        with served.serve(served.program(), store, *flags) as server:
            load = Load(server.port, done)
            time.sleep(moment.uniform(0.05, 1.5))
            server.kill()
            load.end()
        with served.serve(served.program(), store, *flags) as server:
            faults += [f"round {n + 1}: {fault}" for fault in lost(server.port, load.done, load.begun)]
            # A write that was under way may be there or not; from here on it counts as it is.
            there = [held(server.port, writer)[0] for writer in range(WRITERS)]
            done = [max(numbers, default=0) for numbers in there]
        if n % 10 == 9 or n + 1 == rounds:
            faults += [f"round {n + 1}: {fault}" for fault in verified(store)]
            print(f"{n + 1} kills, {sum(done)} writes, {len(faults)} faults", flush=True)
    print(f"SEED={seed}")
    return faults


def token(store, role):
    made = subprocess.run([served.program(), "token", "create", "--role", role, "--name", role, "--store", store], capture_output=True, text=True, check=True)
    return next(word for word in made.stdout.split() if word.startswith("zm_"))


def backed_up(scratch, seconds):
    store, faults = fresh(scratch), []
    admin = token(store, "admin")
    headers = f"Authorization: Bearer {admin}\r\n"
    with served.serve(served.program(), store, "--allow-update") as server:
        load = Load(server.port, [0] * WRITERS, headers)
        backups = []
        for n in range(3):
            time.sleep(seconds / 4)
            before = list(load.done)
            place = Path(scratch) / f"backup-{n}"
            began = time.perf_counter()
            command = [served.program(), "backup", place, "--store", store, "--server", f"http://127.0.0.1:{server.port}"]
            made = subprocess.run(command, env={**os.environ, "ZHENGMAI_TOKEN": admin}, capture_output=True, text=True)
            took = time.perf_counter() - began
            if made.returncode:
                faults.append(f"backup {n}: {made.stderr[-500:]}")
                continue
            backups.append((place, before, list(load.begun), took))
        time.sleep(seconds / 4)
        load.end()
        faults += lost(server.port, load.done, load.begun, headers)
        print(f"{sum(load.done)} writes acknowledged in {seconds} s, {len(backups)} backups meanwhile", flush=True)
    for place, before, begun, took in backups:
        restored = place.with_name(place.name + "-restored")
        told = subprocess.run([served.program(), "restore", place, "--store", restored], capture_output=True, text=True)
        if told.returncode:
            faults.append(f"{place.name}: restore: {told.returncode} {told.stderr[-500:]}")
            continue
        wrong = verified(restored)
        with served.serve(served.program(), restored, "--allow-update") as server:
            wrong += lost(server.port, before, begun, headers)
            there = sum(len(held(server.port, writer, headers)[0]) for writer in range(WRITERS))
        faults += [f"{place.name}: {fault}" for fault in wrong]
        print(f"{place.name}: {took:.1f} s, {sum(before)} acknowledged before it began, {there} held, {sum(begun)} asked for by its end; {len(wrong)} faults")
    return faults


def main():
    what, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as scratch:
        faults = killed(scratch, count or 50) if what == "kill" else backed_up(scratch, count or 60)
    for fault in faults:
        print("✗", fault)
    print(f"{len(faults)} faults" if faults else "✓ nothing acknowledged was lost, and nothing is half there")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()

"""Reconciliation of real numbers and titles over HTTP: written in other brackets, widths and blanks, with one wrong character, with a wrong digit.

    BARS_STORE=FOLDER reconciled.py [COUNT]        the words are those of the store
"""

import json
import random
import sys
import tempfile
import time
from urllib.parse import quote_plus

import served

WORKS = """PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?w ?number ?title { ?w a zm:PolicyDocument ; eli:number ?number ; eli:title ?title . FILTER STRSTARTS(STR(?w), 'IDS') } ORDER BY ?w"""

# One character taken for another, as eyes and keyboards do; else any of these.
SLIPS = dict(zip("发办府政关国市建字通委财环科教农工人民法规", "友力俯正美固布健宇遇季材坏料敖衣土入氏洗视"))
OTHERS = "的之其某乙丙丁戊己庚辛"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def batch(client, queries):
    body = "queries=" + quote_plus(json.dumps({f"q{n}": query for n, query in enumerate(queries)}))
    head = f"POST /reconcile HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = client.send((head + body).encode())
    if answer.status != 200:
        raise SystemExit(f"{answer.status}: {answer.body[:300].decode(errors='replace')}")
    found = json.loads(answer.body)
    return [found[f"q{n}"]["result"] for n in range(len(queries))], answer.took


def written(number, chance):
    """A number in other brackets, another width, with blanks."""
    code, rest = number.split("〔", 1)
    year, serial = rest.split("〕", 1)
    left, right = chance.choice(["[]", "()", "（）", "［］", "【】", "〔〕", "〈〉", "{}"])
    year = year.translate(WIDE) if chance.random() < 0.4 else year
    serial = serial.translate(WIDE) if chance.random() < 0.4 else serial
    serial = "第" + serial if chance.random() < 0.3 else serial
    blank = lambda: chance.choice(["", "", " ", "　"])
    return f"{blank()}{code}{blank()}{left}{year}{right}{blank()}{serial}{blank()}"


def slipped(text, chance, places):
    """One character of some places, taken for another."""
    at = chance.choice(places)
    wrong = SLIPS.get(text[at]) or chance.choice([other for other in OTHERS if other != text[at]])
    return text[:at] + wrong + text[at + 1 :]


def digit(number, chance):
    at = chance.choice([n for n, character in enumerate(number) if character.isascii() and character.isdigit()])
    wrong = chance.choice([other for other in "0123456789" if other != number[at]])
    return number[:at] + wrong + number[at + 1 :]


def works(port):
    client = served.Client(port)
    node = client.send(served.get("/reconcile"))
    ids = json.loads(node.body)["identifierSpace"]
    answer = client.ask(WORKS.replace("IDS", ids))
    rows = json.loads(answer.body)["results"]["bindings"]
    rest = [(row["w"]["value"], row["number"]["value"], row["title"]["value"]) for row in rows]
    # None that two works bear: which one is meant nobody could tell.
    shared = twice([number for _, number, _ in rest]) | twice([title for _, _, title in rest])
    return [row for row in rest if not shared & set(row) and "〔" in row[1] and len(row[2]) > 6]


def known_numbers(port):
    answer = served.Client(port).ask("SELECT DISTINCT ?n { ?w <http://data.europa.eu/eli/ontology#number> ?n }")
    return {row["n"]["value"] for row in json.loads(answer.body)["results"]["bindings"]}


def twice(words):
    once, more = set(), set()
    for word in words:
        (more if word in once else once).add(word)
    return more


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    chance, faults = random.Random(20), []
    scratch = tempfile.TemporaryDirectory()
    with served.serve(served.program(), served.store(scratch.name)) as server:
        client = served.Client(server.port, 300)
        known = works(server.port)
        chosen = chance.sample(known, min(count, len(known)))
        numbers = known_numbers(server.port)
        batch(client, [{"query": "国发"}])  # what is found by name is read on the first question
        print(f"{len(chosen)} works of {len(known)} with a number and a title of their own")

        def measured(name, least, queries):
            right = certain = 0
            for start in range(0, len(queries), 100):
                results, _ = batch(client, [query for query, _ in queries[start : start + 100]])
                for found, (query, wanted) in zip(results, queries[start : start + 100]):
                    right += bool(found) and found[0]["id"] == wanted
                    certain += any(one["match"] for one in found)
            rate = right / max(1, len(queries))
            print(f"{name}: {right} of {len(queries)} first, {rate:.3f} (at least {least}); {certain} certain")
            if rate < least:
                faults.append(name)
            return certain

        places = lambda number: [n for n in range(number.index("〔"))]
        measured("numbers as they are", 0.98, [({"query": number}, work) for work, number, _ in chosen])
        measured("numbers in other brackets, widths, blanks", 0.98, [({"query": written(number, chance)}, work) for work, number, _ in chosen])
        measured("numbers with a wrong character in the code", 0.98, [({"query": slipped(number, chance, places(number))}, work) for work, number, _ in chosen])
        measured("both", 0.98, [({"query": written(slipped(number, chance, places(number)), chance)}, work) for work, number, _ in chosen])
        changed = [(wrong, work) for work, number, _ in chosen if (wrong := digit(number, chance)) not in numbers]
        if measured("numbers with a wrong digit", 0.0, [({"query": wrong}, work) for wrong, work in changed]):
            faults.append("a wrong digit is certain")
        measured("titles as they are", 0.98, [({"query": title}, work) for work, _, title in chosen])
        measured("titles with a wrong character", 0.9, [({"query": slipped(title, chance, range(len(title)))}, work) for work, _, title in chosen])

        words = [{"query": slipped(title, chance, range(len(title)))} for _, _, title in chosen[:50]]
        words += [{"query": written(number, chance)} for _, number, _ in chosen[:50]]
        words = (words * 100)[:100]
        ones, hundreds = [], []
        for n in range(30):
            ones.append(batch(client, [words[(n * 37) % 100]])[1])
            hundreds.append(batch(client, words)[1])
        one, hundred = served.share(ones, 50), served.share(hundreds, 50)
        print(f"a batch of 1: {one * 1e3:.2f} ms; of 100: {hundred * 1e3:.2f} ms, ×{hundred / one:.1f} (at most 10)")
        if hundred > 10 * one:
            faults.append("a batch of 100")
    for fault in faults:
        print("✗", fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()

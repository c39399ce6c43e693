"""Reconciliation as OpenRefine does it: the manifest, batches by form, suggestions, previews, data extension, from a
page of another site."""

import json
import re

import pytest
import requests
from conftest import NAMESPACES

SITE = "https://openrefine.example"


class OpenRefine:
    """The requests of OpenRefine's reconciliation dialogue, from nothing but the address that a user types."""

    def __init__(self, address):
        self.address = address
        self.http = requests.Session()
        self.http.headers["Origin"] = SITE
        self.manifest = self.fetched(address)

    def fetched(self, address, **params):
        answer = self.http.get(address, params=params or None, timeout=30)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Access-Control-Allow-Origin"] in ("*", SITE)
        return answer.json()

    def posted(self, **form):
        answer = self.http.post(self.address, data={name: json.dumps(value) for name, value in form.items()}, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def reconciled(self, words, **more):
        """The candidates of each cell of a column."""
        queries = {f"q{n}": {"query": text, "limit": 3, **more} for n, text in enumerate(words)}
        answer = self.posted(queries=queries)
        assert set(answer) == set(queries)
        return [answer[name]["result"] for name in queries]

    def suggested(self, what, prefix):
        service = self.manifest["suggest"][what]
        return self.fetched(service["service_url"] + service["service_path"], prefix=prefix)["result"]


@pytest.fixture(scope="module")
def client(base):
    return OpenRefine(f"{base}/reconcile")


@pytest.fixture(scope="module")
def works(command_line):
    """IRI, title and number of the works that have one."""
    text = NAMESPACES + "SELECT ?work ?title ?number { ?work a zm:PolicyDocument ; skos:prefLabel ?title ; eli:number ?number }"
    rows = [dict(row) for row in command_line.rows(text)]
    assert len(rows) > 3
    return rows


def test_the_manifest_has_what_openrefine_asks_for(client, base):
    manifest = client.manifest
    assert "0.2" in manifest["versions"] and manifest["name"]
    assert manifest["identifierSpace"].startswith(base) and manifest["schemaSpace"]
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {"work", "policy", "agency", "region"}
    assert set(manifest["suggest"]) == {"entity", "type", "property"}
    assert client.http.get(manifest["logo"], timeout=30).status_code == 200


def test_every_number_matches_its_work_in_the_brackets_that_people_type(client, works):
    for brackets in ("〔〕", "[]", "（）"):
        words = [re.sub("〔(.*?)〕", lambda year: brackets[0] + year[1] + brackets[1], work["number"]) for work in works]
        for work, candidates in zip(works, client.reconciled(words, type="work")):
            assert candidates and candidates[0]["name"], work
            assert work["work"] in [candidate["id"] for candidate in candidates if candidate["score"] == candidates[0]["score"]], work


def test_a_candidate_has_every_member_of_the_specification(client, works):
    (candidates,) = client.reconciled([works[0]["title"]])
    for candidate in candidates:
        assert isinstance(candidate["id"], str) and isinstance(candidate["name"], str)
        assert isinstance(candidate["score"], (int, float)) and isinstance(candidate["match"], bool)
        assert all({"id", "name"} <= set(kind) for kind in candidate["type"])


def test_a_column_with_a_second_one_as_a_property(client, works):
    work = works[0]
    right = client.reconciled([work["title"]], properties=[{"pid": "number", "v": work["number"]}])[0]
    wrong = client.reconciled([work["title"]], properties=[{"pid": "number", "v": "某发〔1999〕999号"}])[0]
    assert right[0]["id"] == work["work"] and right[0]["score"] > wrong[0]["score"] and not wrong[0]["match"]


def test_what_is_typed_is_completed(client, works):
    for work in works:
        assert work["work"] in {one["id"] for one in client.suggested("entity", work["number"])}, work
    assert {one["id"] for one in client.suggested("type", "agen")} == {"agency"}
    assert "implements" in {one["id"] for one in client.suggested("property", "implem")}


def test_a_suggestion_can_be_looked_at(client, works):
    service = client.manifest["suggest"]["entity"]
    address = (service["flyout_service_url"] + service["flyout_service_path"]).replace("${id}", works[0]["work"])
    flyout = client.fetched(address)
    assert flyout["id"] == works[0]["work"] and works[0]["title"] in flyout["html"]


def test_a_preview_is_a_page_that_fits_a_frame(client, works):
    preview = client.manifest["preview"]
    answer = client.http.get(preview["url"].replace("{{id}}", works[0]["work"]), timeout=30)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    assert works[0]["title"] in answer.content.decode()
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "frame-ancestors 'none'" not in policy and "X-Frame-Options" not in answer.headers


def test_a_match_leads_to_its_page(client, works):
    address = client.manifest["view"]["url"].replace("{{id}}", works[0]["work"])
    answer = client.http.get(address, headers={"Accept": "text/html"}, timeout=30)
    assert answer.status_code == 200 and works[0]["title"] in answer.content.decode()


def test_columns_are_added_from_what_was_matched(client, works, command_line):
    service = client.manifest["extend"]["propose_properties"]
    proposed = client.fetched(service["service_url"] + service["service_path"], type="work", limit=20)
    assert {"number", "title", "issuer"} <= {one["id"] for one in proposed["properties"]}
    ids = [work["work"] for work in works]
    wanted = ["number", "title", "policy", "date"]
    answer = client.posted(extend={"ids": ids, "properties": [{"id": name} for name in wanted]})
    assert [column["id"] for column in answer["meta"]] == wanted and set(answer["rows"]) == set(ids)
    for work in works:
        row = answer["rows"][work["work"]]
        assert work["number"] in [value["str"] for value in row["number"]]
        assert work["title"] in [value["str"] for value in row["title"]]
        known = command_line.rows(NAMESPACES + f"SELECT ?p {{ <{work['work']}> zm:memberOf ?p }}")
        assert {value["id"] for value in row["policy"]} == {dict(known_row)["p"] for known_row in known}


@pytest.mark.parametrize(("method", "header"), [("POST", "content-type"), ("GET", "accept")])
def test_a_browser_may_ask_before_it_asks(client, method, header):
    headers = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": header}
    answer = client.http.options(client.address, headers=headers, timeout=30)
    assert answer.status_code in (200, 204)
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", SITE)
    assert method in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert header in allowed


def test_an_older_client_gets_a_script(client):
    answer = client.http.get(client.address, params={"callback": "jsonp1"}, timeout=30)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    assert json.loads(script[script.index("(") + 1 : script.rindex(")")])["versions"] == client.manifest["versions"]


def test_a_batch_that_is_none_is_refused_with_words(client):
    answer = client.http.post(client.address, data={"queries": "{"}, timeout=30)
    assert answer.status_code == 400 and answer.headers["Content-Type"] == "application/problem+json"

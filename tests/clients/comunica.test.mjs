// Comunica on the endpoint, on dereferenced IRIs and on fragments: the same answers as the command line's.

import { QueryEngine } from "@comunica/query-sparql";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const { READING_URL: base, WRITING_URL: writable, WRITER_TOKEN: token, ZHENGMAI: program, COPY_OF_STORE: store } = process.env;
const PREFIXES = `
  PREFIX zm: <https://w3id.org/zhengmai#>
  PREFIX eli: <http://data.europa.eu/eli/ontology#>
  PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
`;
const WORKS = `${PREFIXES} SELECT ?work ?title ?number {
  ?work a zm:PolicyDocument ; skos:prefLabel ?title OPTIONAL { ?work eli:number ?number } }`;

const engine = new QueryEngine();
const endpoint = { type: "sparql", value: `${base}/sparql` };
const fragments = { type: "qpf", value: `${base}/fragments` };

/** Rows as lines that can be compared, whatever their order. */
const lines = (rows) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

/** What the command line answers, on a copy of the store. */
const known = (query) => {
  const json = execFileSync(program, ["query", "-", "--format", "json", "--store", store], { input: query, maxBuffer: 1 << 28 });
  const { bindings } = JSON.parse(json).results;
  return lines(bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))));
};

const found = async (query, ...sources) => {
  const bindings = await engine.queryBindings(query, { sources });
  const rows = await bindings.toArray();
  return lines(rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value]))));
};

const encoded = (iri) => encodeURI(decodeURI(iri));

/** Things of one class, as their IRIs stand in the graph. */
const things = (name) =>
  known(`${PREFIXES} SELECT ?thing { ?thing a zm:${name} FILTER(STRSTARTS(STR(?thing), "${base}/id/")) }`).map(
    (line) => JSON.parse(line)[0][1],
  );

test("the endpoint answers what the command line answers", async () => {
  assert.ok(known(WORKS).length > 10);
  assert.deepEqual(await found(WORKS, endpoint), known(WORKS));
});

test("the endpoint is known for one by its description", async () => {
  assert.deepEqual(await found(WORKS, `${base}/sparql`), known(WORKS));
});

test("ASK and CONSTRUCT go to the endpoint too", async () => {
  assert.equal(await engine.queryBoolean(`${PREFIXES} ASK { ?work a zm:PolicyDocument }`, { sources: [endpoint] }), true);
  assert.equal(await engine.queryBoolean(`${PREFIXES} ASK { ?work a zm:NoSuchClass }`, { sources: [endpoint] }), false);
  const quads = await engine.queryQuads(
    `${PREFIXES} CONSTRUCT { ?work skos:prefLabel ?title } { ?work a zm:PolicyDocument ; skos:prefLabel ?title }`,
    { sources: [endpoint] },
  );
  const titles = (await quads.toArray()).map(({ subject, object }) => ({ work: subject.value, title: object.value }));
  assert.deepEqual(lines(titles), known(`${PREFIXES} SELECT ?work ?title { ?work a zm:PolicyDocument ; skos:prefLabel ?title }`));
});

test("a dereferenced IRI in percent-encoded Chinese tells of its thing", async () => {
  const iris = ["PolicyDocument", "Policy", "Measure", "Citation"].map((name) => things(name)[0]);
  for (const iri of iris) {
    assert.match(iri, /[\u4e00-\u9fff]|[0-9a-f]{32}/);
    const query = `SELECT ?p ?o { <${iri}> ?p ?o }`;
    assert.ok(known(query).length > 2, iri);
    assert.deepEqual(await found(query, encoded(iri)), known(query), iri);
  }
});

test("several dereferenced IRIs are joined", async () => {
  // DISTINCT: a document tells the titles of its neighbours too.
  const works = things("PolicyDocument").slice(0, 6);
  const values = works.map((iri) => `<${iri}>`).join(" ");
  const query = `${PREFIXES} SELECT DISTINCT ?work ?title ?policy { VALUES ?work { ${values} } ?work skos:prefLabel ?title ; zm:memberOf ?policy }`;
  assert.equal(known(query).length, works.length);
  assert.deepEqual(await found(query, ...works.map(encoded)), known(query));
});

test("fragments give every page of a pattern", async () => {
  const query = `${PREFIXES} SELECT ?claim ?quote { ?claim zm:quote ?quote }`;
  assert.ok(known(query).length > 300, "more than three pages");
  assert.deepEqual(await found(query, fragments), known(query));
});

test("fragments are known for such by their controls", async () => {
  assert.deepEqual(await found(WORKS, `${base}/fragments`), known(WORKS));
});

test("fragments are joined and filtered on the client, with IRIs and literals in Chinese in the patterns", async () => {
  const [agency] = things("Agency");
  for (const query of [
    `${PREFIXES} SELECT ?work ?title ?above { ?work zm:implements ?above ; skos:prefLabel ?title }`,
    `${PREFIXES} SELECT ?p ?o { <${agency}> ?p ?o }`,
    `${PREFIXES} SELECT ?work { ?work eli:number "国知发运字〔2022〕47号" }`,
    `${PREFIXES} SELECT ?work { ?work skos:prefLabel "关于加快推动知识产权服务业高质量发展的意见"@zh }`,
  ]) {
    assert.ok(known(query).length > 0, query);
    assert.deepEqual(await found(query, fragments), known(query), query);
  }
});

test("the endpoint, a document and fragments are one source together", async () => {
  const [work] = things("PolicyDocument");
  // IRIs alone: Comunica 4.4 takes a tagged text of a result in JSON for another than the same text in Turtle.
  const query = `${PREFIXES} SELECT DISTINCT ?policy ?level { <${work}> zm:memberOf ?policy ; zm:level ?level }`;
  assert.equal(known(query).length, 1);
  assert.deepEqual(await found(query, endpoint, encoded(work), fragments), known(query));
});

test("updates go to the endpoint with a token, and not without", async () => {
  const insert = `INSERT DATA { GRAPH <urn:x-test:彗> { <urn:x-test:一> <urn:x-test:名> "名"@zh } }`;
  const ask = "ASK { GRAPH <urn:x-test:彗> { <urn:x-test:一> <urn:x-test:名> '名'@zh } }";
  const source = { type: "sparql", value: `${writable}/sparql` };
  const held = () => new QueryEngine().queryBoolean(ask, { sources: [source] });
  const withToken = (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  await assert.rejects(engine.queryVoid(insert, { sources: [source], destination: source }), /401/);
  assert.equal(await held(), false);
  await engine.queryVoid(insert, { sources: [source], destination: source, fetch: withToken });
  assert.equal(await held(), true);
  await engine.queryVoid("DROP GRAPH <urn:x-test:彗>", { sources: [source], destination: source, fetch: withToken });
  assert.equal(await held(), false);
});

test("a mistake of the endpoint's reaches the program", async () => {
  await assert.rejects(async () => (await engine.queryBindings("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", { sources: [endpoint] })).toArray());
});

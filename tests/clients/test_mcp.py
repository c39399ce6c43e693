"""The Model Context Protocol by its official SDK for Python, over streamable HTTP and over standard input and output."""

import json

import anyio
import pytest
from conftest import NAMESPACES
from mcp import Client, MCPError, StdioServerParameters

TOOLS = {"find_work", "lineage", "evidence", "duties", "list_queries", "run_query", "sparql"}


# Over which transport, and whether the client first asks for a newer handshake than `initialize`.
@pytest.fixture(params=[("http", "auto"), ("http", "legacy"), ("stdio", "auto"), ("stdio", "legacy")], ids="-".join)
def server(request, base, command_line):
    transport, mode = request.param
    if transport == "http":
        return f"{base}/mcp", mode
    return StdioServerParameters(command=command_line.program, args=["mcp", "--store", command_line.store]), mode


def talk(server, talking):
    async def session():
        address, mode = server
        async with Client(address, mode=mode) as client:
            return await talking(client)

    return anyio.run(session)


def test_the_server_says_what_it_is_and_has_and_every_tool_only_reads(server):
    async def talking(client):
        revision, tools = client.protocol_version, (await client.list_tools()).tools
        return revision, client.server_info, client.instructions, tools

    revision, info, instructions, tools = talk(server, talking)
    assert revision == "2025-11-25"
    assert info.name == "zhengmai" and "find_work" in instructions
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint and tool.description and tool.input_schema["type"] == "object", tool.name


def test_what_a_tool_answers_is_what_the_command_line_says(server, command_line):
    text = NAMESPACES + "SELECT ?work { ?work a zm:PolicyDocument ; eli:number ?number }"

    async def talking(client):
        rows = await client.call_tool("sparql", {"query": text, "limit": 1000})
        number = await client.call_tool("find_work", {"words": "国知发运字[2022]47号"})
        return rows, number

    rows, number = talk(server, talking)
    assert not rows.is_error and not number.is_error
    known = {dict(row)["work"] for row in command_line.rows(text)}
    assert {row["work"] for row in rows.structured_content["rows"]} == known and len(known) > 3
    assert json.loads(rows.content[0].text) == rows.structured_content
    assert any("2022/47" in iri for iri in known) and "2022/47" in number.content[0].text


def test_a_named_query_gives_its_rows(server, command_line):
    async def talking(client):
        listed = await client.call_tool("list_queries", {})
        run = await client.call_tool("run_query", {"name": "which-numbers-conflict", "parameters": {}})
        return listed, run

    listed, run = talk(server, talking)
    names = {query["name"] for query in listed.structured_content["queries"]}
    assert names == command_line.named()
    known = json.loads(command_line.run("query", "which-numbers-conflict", "--format", "json"))["results"]["bindings"]
    assert len(run.structured_content["rows"]) == len(known) > 0


def test_a_mistake_of_the_model_comes_back_as_words_that_it_can_mend(server):
    async def talking(client):
        wrong = await client.call_tool("sparql", {"query": "SELEKT"})
        missing = await client.call_tool("lineage", {"work": "没有这样的文件〔1999〕1号"})
        return wrong, missing

    wrong, missing = talk(server, talking)
    assert wrong.is_error and "query-syntax" in wrong.content[0].text
    assert missing.is_error and "not-found" in missing.content[0].text


def test_a_tool_that_there_is_not_is_an_error_of_the_protocol(server):
    async def talking(client):
        with pytest.raises(MCPError, match="find_work"):
            await client.call_tool("drop_everything", {})
        return await client.call_tool("list_queries", {})

    assert not talk(server, talking).is_error

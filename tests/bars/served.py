"""A server under measurement, and a client that sees what comes over the wire: its first byte, its end, and whether that end was one.

Python's standard library alone; sockets, because an HTTP library hides how an answer ended.
"""

import os
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote_plus

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


class Answer:
    """What came: `whole` is False where the connection ended before the answer did, None where nothing can tell."""

    def __init__(self):
        self.status, self.headers, self.body, self.size = 0, {}, b"", 0
        self.whole, self.first, self.took = False, None, 0.0


class Client:
    """One connection, kept for as long as the server keeps it."""

    def __init__(self, port, patience=90):
        self.port, self.patience, self.socket, self.rest = port, patience, None, b""

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.rest = None, b""

    def ask(self, query, accept="application/sparql-results+json", extra="", headers=""):
        """A query by POST as a form. `extra` is more of the form."""
        return self.send(request(query, accept, extra, headers))

    def send(self, message, keep=True):
        answer, began = Answer(), time.perf_counter()
        try:
            if not self.socket:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.patience)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(message)
            self._read(answer, began, keep)
        except OSError:
            answer.whole = False
        answer.took = time.perf_counter() - began
        if not answer.whole or answer.headers.get("connection") == "close":
            self.close()
        return answer

    def _more(self):
        got = self.socket.recv(1 << 18)
        if not got:
            raise ConnectionResetError
        return got

    def _read(self, answer, began, keep):
        data = self.rest
        self.rest = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        answer.first = time.perf_counter() - began
        head, data = data[:end].decode("latin-1").split("\r\n"), data[end + 4 :]
        answer.status = int(head[0].split()[1])
        answer.headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if ": " in line)}
        if "content-length" in answer.headers:
            left = int(answer.headers["content-length"])
            pieces = [data]
            left -= len(data)
            while left > 0:
                pieces.append(self._more())
                left -= len(pieces[-1])
            self._keep(answer, pieces, keep)
            answer.whole = left == 0
        elif answer.headers.get("transfer-encoding") == "chunked":
            self._chunks(answer, data, keep)
        elif answer.status in (204, 304):
            answer.whole, self.rest = True, data
        else:
            pieces = [data]
            while got := self.socket.recv(1 << 18):
                pieces.append(got)
            self._keep(answer, pieces, keep)
            answer.whole = None

    def _keep(self, answer, pieces, keep):
        answer.size += sum(map(len, pieces))
        if keep:
            answer.body += b"".join(pieces)

    def _chunks(self, answer, data, keep):
        # By offset: what has come is not copied for every chunk.
        data, at = bytearray(data), 0
        kept = []
        try:
            while True:
                while (end := data.find(b"\r\n", at)) < 0:
                    data, at = data[at:] + self._more(), 0
                size = int(bytes(data[at:end]), 16)
                at, need = end + 2, size + 2
                while len(data) - at < need:
                    if at:
                        del data[:at]
                        at = 0
                    data += self._more()
                if size == 0:
                    answer.whole, self.rest = True, bytes(data[at + 2 :])
                    return
                answer.size += size
                if keep:
                    kept.append(bytes(data[at : at + size]))
                at += need
        finally:
            answer.body = b"".join(kept)


def request(query, accept="application/sparql-results+json", extra="", headers="", path="/sparql"):
    body = f"query={quote_plus(query)}{extra}".encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{headers}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path, accept="*/*", headers=""):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{headers}\r\n".encode()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Server:
    """A program that serves on a port until the end of a `with`."""

    def __init__(self, command, port, probe="/", log=None):
        self.command, self.port, self.probe, self.log = command, port, probe, log

    def __enter__(self):
        out = open(self.log, "ab") if self.log else subprocess.DEVNULL
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        until = time.time() + 300
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"服务没有启动 (it ended before it answered): {' '.join(map(str, self.command))}")
            if Client(self.port, 5).send(get(self.probe)).status:
                return self
            if time.time() > until:
                self.process.kill()
                raise SystemExit("服务五分钟没有应答 (no answer within five minutes)")
            time.sleep(0.1)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def cpu(self):
        """Seconds of processor that it has taken, of all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0


def serve(program, store, *flags, log=None):
    """政脉 on a free port."""
    port = free_port()
    command = [program, "serve", "--store", store, "--bind", f"127.0.0.1:{port}", *flags]
    return Server([str(word) for word in command], port, "/readyz", log)


def program():
    """The program: ZHENGMAI, else what scripts/build leaves."""
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    found = Path(os.environ.get("ZHENGMAI", f"{target}/release/zhengmai"))
    if not found.exists():
        raise SystemExit(f"没有程序 (no program): {found}; scripts/build")
    return found


def store(scratch):
    """BARS_STORE, or a store of data/documents."""
    if "BARS_STORE" in os.environ:
        return Path(os.environ["BARS_STORE"])
    made = Path(scratch) / "store"
    subprocess.run([program(), "ingest", ROOT / "data/documents", "--store", made], check=True, stdout=subprocess.DEVNULL)
    return made


def share(times, percent):
    """The time that so many percent stay below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

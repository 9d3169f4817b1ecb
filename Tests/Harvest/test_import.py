"""`offprint import` from a repository and from exports, and `offprint export` for other programs."""
import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import urllib.parse

import bibtexparser
import pytest
import rispy
from conftest import ENVIRONMENT, PDF, PROGRAM, catalogue


def offprint(*arguments, status=0):
    ran = subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT,
        timeout=300)
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="offprint-import-") as path:
        yield pathlib.Path(path)


def exported(data, *arguments):
    text = offprint("export", "--data", data, *arguments).stdout
    return [json.loads(line) for line in text.splitlines()]


RECORD = """<record><header{status}><identifier>oai:old.example.org:{id}</identifier>
<datestamp>2020-01-0{id}T00:00:00Z</datestamp></header>{metadata}</record>"""
METADATA = """<metadata><d:dc xmlns:d="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:x="http://purl.org/dc/elements/1.1/"><x:title>Paper {id} &amp; more</x:title>
<x:creator>Koval, Mira</x:creator><x:creator>Ministry of Fish</x:creator>
<x:date>2020-05-06T10:00:00Z</x:date><x:date>2014-06-0{id}</x:date><x:subject>Fog; Mist</x:subject>
<x:description>What pilots see.</x:description><x:type>info:eu-repo/semantics/workingPaper</x:type>
<x:language>eng</x:language><x:identifier>{origin}/papers/{id}</x:identifier>
<x:identifier>doi:10.5555/{id}</x:identifier><x:relation>{origin}/papers/{id}.pdf</x:relation>
<x:publisher>Old house</x:publisher></d:dc></metadata>"""


class Repository(http.server.BaseHTTPRequestHandler):
    """A repository with three records in two parts, which is busy at first."""

    asked = []
    busy = 1
    deleted = set()

    def log_message(self, *_):
        pass

    def reply(self, status, body, kind="text/xml", **fields):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def record(self, number):
        if number in self.deleted:
            return RECORD.format(id=number, status=' status="deleted"', metadata="")
        origin = f"http://127.0.0.1:{self.server.server_port}"
        return RECORD.format(
            id=number, status="", metadata=METADATA.format(id=number, origin=origin))

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path.endswith(".pdf"):
            return self.reply(200, PDF, "application/pdf") if "/3" not in address.path else \
                self.reply(404, b"", "text/plain")
        query = dict(urllib.parse.parse_qsl(address.query))
        self.asked.append(query)
        if Repository.busy:
            Repository.busy -= 1
            return self.reply(503, b"", Retry_After="1")
        if query["verb"] == "Identify":
            body = "<Identify><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
        elif "resumptionToken" in query:
            assert query["resumptionToken"] == "a b&c"
            body = f"<ListRecords>{self.record(3)}<resumptionToken/></ListRecords>"
        elif query.get("from") == "2020-02-02T00:00:00Z" and not self.deleted:
            body = '<error code="noRecordsMatch">none</error>'
        else:
            body = (f"<ListRecords>{self.record(1)}{self.record(2)}<resumptionToken"
                    ' completeListSize="3">a b&amp;c</resumptionToken></ListRecords>')
        self.reply(200, f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2020-02-02T00:00:00Z</responseDate>
<request/>{body}</OAI-PMH>""".encode())


@pytest.fixture
def repository():
    Repository.asked, Repository.busy, Repository.deleted = [], 1, set()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Repository)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/oai"
    server.shutdown()


def test_a_repository_is_imported_and_asked_again_for_what_has_changed(folder, repository):
    data = folder / "data"
    trial = offprint("import", "--oai", repository, "--data", data, "--dry-run")
    assert "3 new" in trial.stdout and not data.exists()

    first = offprint("import", "--oai", repository, "--with-files", "--data", data, "--no-extract")
    assert "3 new" in first.stdout and "2 files" in first.stdout, first.stdout
    assert "Files that could not be fetched: 1 (" in first.stdout
    records = exported(data)
    assert sorted(record["title"] for record in records) == [
        f"Paper {number} & more" for number in (1, 2, 3)]
    one = next(record for record in records if record["doi"] == "10.5555/1")
    assert one["authors"] == ["Mira Koval", "Ministry of Fish"]
    assert one["published"] == "2014-06-01" and one["language"] == "en"
    assert one["type"] == "working-paper" and one["topics"] == ["Fog", "Mist"]
    assert one["source"].endswith("/papers/1") and one["dc-publisher"] == "Old house"
    assert sum("pdf" in record for record in records) == 2

    again = offprint("import", "--oai", repository, "--data", data)
    assert "0 records" in again.stdout
    assert Repository.asked[-1]["from"] == "2020-02-02T00:00:00Z"
    whole = offprint("import", "--oai", repository, "--since", "2019-01-01", "--data", data)
    assert "3 unchanged" in whole.stdout and Repository.asked[-2]["from"] == "2019-01-01"

    Repository.deleted = {2}
    told = offprint("import", "--oai", repository, "--data", data)
    assert "Records deleted there: 1 (paper-2-more); --withdraw" in told.stdout
    assert len(exported(data)) == 3
    offprint("import", "--oai", repository, "--withdraw", "--data", data)
    assert len(exported(data)) == 2


def test_a_repository_that_fails_is_named(folder, repository):
    failed = offprint("import", "--oai", repository + "/x.pdf", "--data", folder / "data", status=1)
    assert "/x.pdf: line 1, column 1: expected an element" in failed.stderr
    assert "127.0.0.1" in offprint(
        "import", "--oai", "http://127.0.0.1:1/oai", "--data", folder / "data", status=1).stderr
    offprint("import", "--oai", "ftp://example.org", "--data", folder / "data", status=2)


def test_this_program_imports_from_itself(folder, server, public):
    data = folder / "data"
    offprint("import", "--oai", server.origin + "/oai", "--no-extract", "--data", data)
    assert len(exported(data)) == len(public)


@pytest.mark.parametrize("name", ["bibtex", "ris", "csv", "folder"])
def test_what_is_exported_is_imported_again(folder, name):
    catalogue_file = folder / "catalogue.jsonl"
    records = catalogue()[:60]
    (folder / "paper.pdf").write_bytes(PDF)
    catalogue_file.write_text("\n".join(json.dumps(record) for record in records))
    one, two = folder / "one", folder / "two"
    offprint("import", catalogue_file, "--files", folder, "--no-extract", "--data", one)
    before = exported(one)
    if name == "folder":
        out = folder / "out"
        offprint("export", "--folder", out, "--data", one)
        offprint("import", out / "catalogue.jsonl", "--files", out, "--no-extract", "--data", two)
        assert exported(two) == before
        return
    file = folder / f"out.{name}"
    offprint("export", f"--{name}", "--output", file, "--data", one,
             "--base-url", "https://papers.example.org")
    if name == "bibtex":
        assert len(bibtexparser.parse_file(str(file)).entries) == len(records)
    if name == "ris":
        assert len(rispy.loads(file.read_text())) == len(records)
    offprint("import", f"--{name}", file, "--data", two)
    after = {record["slug"]: record for record in exported(two)}
    for record in before:
        found = after[record["slug"]]
        # RIS has no field for a licence.
        licence = [] if name == "ris" else ["licence"]
        for field in ["title", "published", "type", "doi", "topics", "language", *licence]:
            assert found.get(field) == record.get(field), (record["slug"], field)
        assert len(found["authors"]) == len(record["authors"])
    assert f"{len(records)} unchanged" in offprint("import", f"--{name}", file, "--data", two).stdout


def test_of_a_wrong_table_nothing_is_imported_unless_asked(folder):
    table = folder / "table.csv"
    table.write_text("Titel;Datum\nFog;2010\nMist;someday\n")
    data = folder / "data"
    wrong = offprint("import", table, "--data", data, status=1)
    assert f"{table}:3:6: “published”: expected a date" in wrong.stderr
    assert "1 error, so nothing was imported" in wrong.stderr and exported(data) == []
    offprint("import", table, "--partial", "--data", data, status=1)
    assert [record["title"] for record in exported(data)] == ["Fog"]
    usage = offprint("import", table, "--map", "Datum=date", "--data", data, status=2)
    assert "--map: expected one of slug, title" in usage.stderr and "“date”" in usage.stderr

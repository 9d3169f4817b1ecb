"""The real server with a few hundred publications, for the programs that harvest and cite."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import lxml.html
import pytest
import requests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PASSWORD, PROGRAM, ROOT, Server as Program  # noqa: E402

PDF = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""

# What breaks a format that is put together from strings.
ODD = [
    {"title": "Costs & <Benefits> of \"100 %\" #1 in $: a_b ~c ^d \\e {f}", "published": "2019-02-28",
     "authors": ["Rob van der Goot", "Ministry of Trade, Sweden", "King, Jr., Martin Luther"]},
    {"title": "한국의 외교 정책", "published": "2020-12", "language": "ko", "authors": ["김 민수"]},
    {"title": "An open { brace", "published": "2021", "authors": ["UNESCO"],
     "abstract": "One } more.\n\nAnd a second paragraph, with a form feed\f and a bell\u0007 in it."},
    {"title": "Ends a </script <b at sea", "published": "2018-01-01",
     "authors": ["Ana O'Hara", "José Ortega y Gasset"], "topics": ["R&D", "A/B tests: 50 %"]},
    {"title": "An article", "type": "article", "series": "Harbour Quarterly", "number": "4",
     "published": "2017-06-15", "authors": ["Jean-Paul Fog"]},
    {"title": "A book", "type": "book", "published": "2016-05-01", "authors": ["Fog, Jean-Paul"]},
    {"title": "A thesis", "type": "thesis", "published": "2015-05-01", "authors": ["Ida Mist"]},
    {"title": "Numbers of fog", "type": "dataset", "published": "2014-05-01", "authors": []},
]


def catalogue():
    """Records as a catalogue has them."""
    records = list(ODD)
    for number in range(1, 313):
        records.append({
            "title": f"Fog over harbour number {number}", "published": f"{1990 + number % 30}-03-{number % 28 + 1:02}",
            "abstract": f"What pilots of harbour {number} see.\n\nAnd what they do not.",
            "authors": [f"Mira Koval {'ABCDEFGHIJ'[number % 10]}berg", "Institute of Pilots"][: number % 2 + 1],
            "topics": ["Harbours", f"Fog of kind {number % 7}"], "language": "en",
            "series": "Papers of the Pilots", "number": str(number), "licence": "CC-BY-4.0",
            **({"doi": f"10.5555/fog.{number}"} if number % 3 == 0 else {}),
            **({"type": "policy-paper"} if number % 5 == 0 else {}),
            **({"issn": "2049-3630", "orcids": {f"Mira Koval {'ABCDEFGHIJ'[number % 10]}berg": "0000-0002-1825-0097"}}
               if number % 4 == 3 else {}),
        })
    for number, record in enumerate(records):
        record.setdefault("slug", f"paper-{number}")
        if number % 4 == 0:
            record["pdf"] = "paper.pdf"
    return records


def run(*arguments, **more):
    return subprocess.run(
        [PROGRAM, *arguments], check=True, capture_output=True, env=ENVIRONMENT, timeout=300, **more)


class Server(Program):
    """With what a library says of itself."""

    def __init__(self, folder):
        super().__init__(
            folder, "--site-name", "Library of Fog & Mist", "--contact", "library@example.org")

    def get(self, path, status=200, **more):
        answer = requests.get(self.origin + path, timeout=60, **more)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer


class Desk:
    """The first administrator, who withdraws publications."""

    def __init__(self, server):
        self.origin = server.origin
        self.session = requests.Session()
        self._submit(
            server.find(r"(http://127\.0\.0\.1:\d+/staff/set-up/\S+)"), None,
            {"name": "hana", "password": PASSWORD})

    def _submit(self, address, action, values):
        page = lxml.html.fromstring(self.session.get(address, timeout=60).text)
        form = next(form for form in page.forms
                    if form.method == "POST" and (action is None or form.action.endswith(action)))
        fields = dict(form.form_values()) | values
        answer = self.session.post(
            self.origin + form.action, files={name: (None, value) for name, value in fields.items()},
            timeout=60)
        assert answer.ok, f"{form.action}: {answer.status_code}"

    def withdraw(self, slug):
        self._submit(
            f"{self.origin}/staff/publications/{slug}/withdraw", "/withdraw",
            {"reason": "There was no fog."})


WITHDRAWN = ["paper-20", "paper-150", "paper-319"]


@pytest.fixture(scope="session")
def archive():
    """The folder of an archive with the catalogue in it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-harvest-"))
    files = folder / "in"
    files.mkdir()
    (files / "paper.pdf").write_bytes(PDF)
    lines = "".join(json.dumps(record) + "\n" for record in catalogue())
    (files / "catalogue.jsonl").write_text(lines)
    run("import", files / "catalogue.jsonl", "--files", files, "--data", folder / "data",
        "--no-extract")
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(archive):
    server = Server(archive)
    desk = Desk(server)
    for slug in WITHDRAWN:
        desk.withdraw(slug)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def public():
    """The records that are public, by slug."""
    return {record["slug"]: record for record in catalogue() if record["slug"] not in WITHDRAWN}


# Of those that are compared field by field: all that are odd, and some of the others.
SAMPLES = [f"paper-{number}" for number in [*range(len(ODD)), 9, 10, 11, 12, 42, 100, 318]]

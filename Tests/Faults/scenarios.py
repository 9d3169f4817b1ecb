"""What staff and readers do while calls fail, and what must be true afterwards, whatever failed.

Each scenario prepares, acts while faults are armed, and then tells what has been acknowledged. What
was not acknowledged may be there or not, but whole; done again without faults, it must succeed.
"""
import http.client
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from desk import sample_pdf, sha256, slug  # noqa: E402
from program import ENVIRONMENT, PROGRAM  # noqa: E402

# What a server may answer when a disk fails.
FAILED = (500, 503, 507)


def attempt(action):
    """The answer of an action; None when the connection ended without one."""
    try:
        return action()
    except (OSError, http.client.HTTPException):
        return None


class Scenario:
    def __init__(self, desk, number):
        self.desk, self.number = desk, number

    def prepare(self):
        pass

    def act(self):
        """Acts once, while faults may be armed; returns whether it was acknowledged."""
        raise NotImplementedError

    def check(self, acknowledged):
        """What must be true afterwards."""

    def taken(self, answer, wanted=(303,)):
        assert answer is None or answer.status in wanted + FAILED, answer
        return answer is not None and answer.status in wanted


class Upload(Scenario):
    """The form of the desk, with a PDF."""

    def prepare(self):
        self.title = f"Upload {self.number} of Faults"
        self.file = sample_pdf(self.title, padding=70_000)

    def act(self):
        # 409: it is there already, of an attempt that ended before its answer.
        return self.taken(
            attempt(lambda: self.desk.deposit(self.title, self.file)), (303, 409))

    def check(self, acknowledged):
        page = self.desk.get(f"/publications/{slug(self.title)}")
        assert page.status in ((200,) if acknowledged else (200, 404)), page
        if page.status == 200:
            assert self.title in page.text
            pdf = self.desk.get(f"/publications/{slug(self.title)}.pdf")
            assert pdf.status == 200 and pdf.content == self.file


class Tus(Scenario):
    """A PDF in two parts, continued where the server says that it is."""

    def prepare(self):
        self.file = sample_pdf(f"In Parts {self.number}", padding=90_000)
        self.path = None

    def act(self):
        if self.path is None:
            answer = attempt(
                lambda: self.desk.begin_upload(f"in-parts-{self.number}.pdf", self.file))
            if not self.taken(answer, (201,)):
                return False
            self.path = answer.headers["Location"]
        for _ in range(3):
            head = attempt(lambda: self.desk.send("HEAD", self.path))
            if head is None or head.status in FAILED:
                return False
            assert head.status == 200, head
            offset = int(head.headers["Upload-Offset"])
            # Also when all of it is there: an empty part makes the draft that could not be made.
            answer = attempt(
                lambda: self.desk.add_part(self.path, self.file, offset, 50_000))
            if not self.taken(answer, (200,)):
                return False
            if json.loads(answer.content)["state"] == "draft":
                return True
        return False

    def check(self, acknowledged):
        stored = self.desk.server.folder / "files" / sha256(self.file)[:2]
        found = [path.read_bytes() for path in stored.glob(f"*/{sha256(self.file)}.pdf")]
        assert found in ([[self.file]] if acknowledged else [[], [self.file]])


class Publish(Scenario):
    """A draft becomes public by its button."""

    def prepare(self):
        self.title = f"Draft {self.number} of Faults"
        answer = self.desk.deposit(self.title, sample_pdf(self.title), status="draft")
        assert answer.status == 303, answer

    def act(self):
        return self.taken(attempt(lambda: self.desk.post(
            f"/staff/publications/{slug(self.title)}/publish",
            {"form-token": self.desk.token, "publish-anyway": "yes"})))

    def check(self, acknowledged):
        page = self.desk.get(f"/publications/{slug(self.title)}")
        assert page.status in ((200,) if acknowledged else (200, 404)), page


class Edit(Scenario):
    """A public record gets another title."""

    def prepare(self):
        self.title = f"Old Title {self.number}"
        self.changed = f"Changed Title {self.number}"
        assert self.desk.deposit(self.title, sample_pdf(self.title)).status == 303
        self.path = f"/staff/publications/{slug(self.title)}"

    def act(self):
        page = attempt(lambda: self.desk.get(self.path))
        if page is None or page.status in FAILED:
            return False
        form = self.desk.form(self.path, self.path) | {
            "form-token": self.desk.token, "title": self.changed}
        return self.taken(attempt(lambda: self.desk.post(self.path, form)))

    def check(self, acknowledged):
        page = self.desk.get(f"/publications/{slug(self.title)}")
        assert page.status == 200, page
        titles = [title for title in (self.title, self.changed) if title in page.text]
        assert titles == [self.changed] if acknowledged else titles, page


class Import(Scenario):
    """A catalogue with files, imported beside the server."""

    def prepare(self):
        self.titles = [f"Import {self.number} Record {record}" for record in range(3)]
        self.folder = self.desk.server.folder.parent / f"import-{self.number}"
        self.folder.mkdir()
        lines = []
        for title in self.titles:
            (self.folder / f"{slug(title)}.pdf").write_bytes(sample_pdf(title))
            lines.append(json.dumps({
                "title": title, "authors": ["Mira Koval"], "published": "2020-01-01",
                "pdf": f"{slug(title)}.pdf"}))
        (self.folder / "catalogue.jsonl").write_text("\n".join(lines) + "\n")

    def act(self):
        done = subprocess.run(
            [PROGRAM, "import", self.folder / "catalogue.jsonl", "--files", self.folder,
             "--data", self.desk.server.folder, "--no-extract"],
            env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        assert done.returncode in (0, 1), done.stdout
        return done.returncode == 0

    def check(self, acknowledged):
        for title in self.titles:
            page = self.desk.get(f"/publications/{slug(title)}")
            assert page.status in ((200,) if acknowledged else (200, 404)), page
            if page.status == 200:
                pdf = self.desk.get(f"/publications/{slug(title)}.pdf")
                assert pdf.content == (self.folder / f"{slug(title)}.pdf").read_bytes()


class Subscribe(Scenario):
    """A reader signs up and gets a message."""

    def prepare(self):
        self.address = f"reader-{self.number}@example.org"

    def act(self):
        page = attempt(lambda: self.desk.get("/"))
        if page is None or page.status in FAILED:
            return False
        action = re.search(r'<form[^>]*action="(/subscribe)"', page.text).group(1)
        form = self.desk.form("/", action)
        name = next(name for name in ("address", "email") if name in form)
        return self.taken(attempt(lambda: self.desk.post(action, form | {name: self.address})),
                          (200, 202, 303))

    def check(self, acknowledged):
        self.wanted = acknowledged

    def has_message(self):
        """Whether the message is in the outbox, whole."""
        for part in ("new", "cur"):
            for path in (self.desk.server.folder / "mail" / part).glob("*"):
                text = path.read_text(errors="replace")
                if f"To: {self.address}" in text or f"<{self.address}>" in text:
                    assert "/subscribe/confirm/" in text.replace("=\n", ""), text
                    return True
        return False


SERVED = [Upload, Tus, Publish, Edit, Import, Subscribe]

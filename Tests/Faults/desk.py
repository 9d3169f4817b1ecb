"""Someone at the desk of a server, and readers of it; standard library only."""
import base64
import hashlib
import html.parser
import http.client
import pathlib
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PASSWORD, PROGRAM  # noqa: E402


def sample_pdf(text, padding=0):
    """A PDF of one page, with as many more bytes as wanted."""
    stream = f"BT /F1 18 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    if padding:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (padding, b"x" * padding))
    file = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return file + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" \
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(file))


class Forms(html.parser.HTMLParser):
    """The forms of a page: action, and the values that a browser would send."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.area, self.choice = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append((attributes.get("action", ""), {}))
        elif self.forms:
            values, name = self.forms[-1][1], attributes.get("name")
            kind = attributes.get("type", "text")
            if tag == "textarea" and name:
                self.area = name
                values[name] = ""
            elif tag == "select":
                self.choice = name
            elif tag == "option" and self.choice:
                value = attributes.get("value", "")
                if "selected" in attributes or self.choice not in values:
                    values[self.choice] = value
            elif tag == "input" and name and kind not in ("file", "submit"):
                if kind not in ("checkbox", "radio") or "checked" in attributes:
                    values[name] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data):
        if self.area:
            self.forms[-1][1][self.area] += data


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.content = response.read()

    @property
    def text(self):
        return self.content.decode(errors="replace")

    def __repr__(self):
        words = " ".join(re.sub(r"<[^>]*>", " ", self.text).split())
        return f"{self.status} {self.headers.get('Location', '')} {words[-400:]}"


class Desk:
    """A visitor with cookies. Each request has a connection of its own, as after a restart."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    @staticmethod
    def make_administrator(folder):
        subprocess.run(
            [PROGRAM, "user", "add", "hana", "--role", "administrator", "--data", folder],
            input=PASSWORD + "\n", text=True, check=True, env=ENVIRONMENT,
            stdout=subprocess.DEVNULL)

    def sign_in(self):
        form = self.form("/staff/sign-in", "/staff/sign-in")
        answer = self.post("/staff/sign-in", form | {"name": "hana", "password": PASSWORD})
        assert answer.status == 303, answer
        self.token = self.form("/staff/upload/form", "/staff/upload/form")["form-token"]
        return self

    def send(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(
            self.server.origin.removeprefix("http://"), timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(
                method, path, body, dict(headers) | ({"Cookie": cookies} if cookies else {}))
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, values):
        return self.send(
            "POST", path, urllib.parse.urlencode(values),
            {"Content-Type": "application/x-www-form-urlencoded"})

    def form(self, page, action):
        answer = self.get(page)
        for target, values in Forms(answer.text).forms:
            if (target or page) == action:
                return values
        raise AssertionError(f"{page} has no form for {action}: {answer}")

    def deposit(self, title, file, status="published"):
        """Uploads a PDF with the form of the desk; 303 when it is kept."""
        values = {
            "form-token": self.token, "title": title, "authors": "Mira Koval\nJonas Lindqvist",
            "published": "2024-05-17", "abstract": "What ports along the northern route expect.",
            "topics": "Shipping; Arctic", "type": "report", "status": status}
        boundary = "x-offprint-boundary"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in values.items()]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n")
        body = "".join(parts).encode() + file + f"\r\n--{boundary}--\r\n".encode()
        return self.send(
            "POST", "/staff/upload/form", body,
            {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def begin_upload(self, name, file):
        named = base64.b64encode(name.encode()).decode()
        return self.send("POST", "/staff/uploads", b"", {
            "Form-Token": self.token, "Tus-Resumable": "1.0.0", "Upload-Length": str(len(file)),
            "Upload-Metadata": f"filename {named}"})

    def add_part(self, path, file, offset, count):
        return self.send("PATCH", path, file[offset:offset + count], {
            "Form-Token": self.token, "Tus-Resumable": "1.0.0", "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream"})


def slug(title):
    return title.lower().replace(" ", "-")


def sha256(file):
    return hashlib.sha256(file).hexdigest()

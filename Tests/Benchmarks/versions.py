#!/usr/bin/env python3
"""How well the comparison of versions finds changes, and only changes.

    versions.py PDFS [--program .build/release/offprint] [--limit 40]

Two measurements, each with qpdf, Ghostscript and mutool:

1. Planted edits. The words of real PDFs are set anew in two PDFs, the second with edits: words and
   figures replaced, deleted and inserted, sentences deleted, a page inserted. The second is saved
   again by each tool. An edit counts as found when its words are shown as changed.
2. Copies saved again. Each real PDF is saved again by each tool and compared with itself. Every page
   with a change is a false one. Damaged and encrypted files are left out; copies that have lost most
   of their text are counted apart.

Each pair is imported one after the other as the PDF of one publication, and the page with its
versions is read, as readers see it.
"""
import argparse
import html
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

TOOLS = {
    "qpdf": ["qpdf", "--object-streams=generate", "--recompress-flate", "IN", "OUT"],
    "Ghostscript": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite",
                    "-sOutputFile=OUT", "IN"],
    "mutool": ["mutool", "clean", "-gggz", "IN", "OUT"],
}


def save_again(tool, source, target):
    """Whether the tool could."""
    command = [part.replace("IN", str(source)).replace("OUT", str(target))
               for part in TOOLS[tool]]
    try:
        subprocess.run(command, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return False
    return target.exists() and target.stat().st_size > 0


def pdf(pages):
    """A PDF with lines of Times on each page; words that do not fit a line go to the next one."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1"
               " /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        shown = "BT /F1 11 Tf 72 780 Td 14 TL\n"
        for line in lines:
            escaped = re.sub(r"([\\()])", r"\\\1", line)
            shown += f"({escaped}) Tj T*\n"
        content = zlib.compress((shown + "ET").encode("cp1252"))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources"
                       f" << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n"
                       + content.decode("latin-1") + "\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    file, offsets = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return file + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n"
                   f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
                   ).encode()


def typeset(words):
    """Pages of 50 lines of up to 80 characters."""
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > 80:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    return [lines[start:start + 50] for start in range(0, len(lines), 50)]


def extracted(program, path):
    """The text of each page, and whether something is wrong with the file."""
    answer = subprocess.run(
        [program, "extract", "--json", path], capture_output=True, timeout=300)
    found = json.loads(answer.stdout or b"{}")
    facts = found.get("facts") or {}
    wrong = bool(found.get("error") or found.get("defects") or facts.get("isEncrypted"))
    return [page["text"] for page in found.get("pages", [])], wrong


def plant(words, randomness):
    """Edited words, and for each edit the words that must be shown as deleted and inserted."""
    words, edits = list(words), []
    place = randomness.randrange(20, 40)
    while place < len(words) - 30:
        kind = randomness.choice(["replace", "delete", "insert", "figure", "sentence"])
        old = words[place]
        if kind == "replace" and old.isalpha():
            new = old[::-1] + "x"
            words[place] = new
            edits.append((kind, old, new))
        elif kind == "delete" and len(old) > 2:
            words[place] = ""
            edits.append((kind, old, ""))
        elif kind == "insert":
            words[place] = old + " moreover"
            edits.append((kind, "", "moreover"))
        elif kind == "sentence":
            gone = words[place:place + 8]
            words[place:place + 8] = [""] * 8
            edits.append((kind, " ".join(gone), ""))
        elif any(c.isdigit() for c in old):
            new = re.sub(r"\d", lambda found: str((int(found.group()) + 3) % 10), old, count=1)
            words[place] = new
            edits.append(("figure", old, new))
        place += randomness.randrange(40, 120)
    return [word for part in words for word in part.split()], edits


class Comparisons:
    """Pairs of PDFs, and what the site shows of their differences."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-versions-"))
        self.pairs = {}

    def add(self, name, old, new):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.pairs[name] = slug
        for number, file in enumerate((old, new)):
            folder = self.folder / str(number)
            folder.mkdir(exist_ok=True)
            (folder / f"{slug}.pdf").write_bytes(file)

    def show(self):
        """For each name the changes, each with its page, deleted and inserted text; nil if the text
        is said to be rewritten or missing."""
        data = self.folder / "data"
        for number in range(2):
            catalogue = self.folder / f"{number}.jsonl"
            catalogue.write_text("".join(json.dumps(
                {"slug": slug, "title": name, "published": "2020", "pdf": f"{slug}.pdf"}) + "\n"
                for name, slug in self.pairs.items()))
            subprocess.run([self.program, "import", catalogue, "--files",
                            self.folder / str(number), "--data", data],
                           check=True, capture_output=True)
        from program import Server
        server = Server(data)
        try:
            shown = {}
            for name, slug in self.pairs.items():
                with urllib.request.urlopen(
                        f"{server.origin}/publications/{slug}/versions") as answer:
                    shown[name] = changes(answer.read().decode())
            return shown
        finally:
            server.stop()
            shutil.rmtree(self.folder)


def changes(page):
    if "<ol" in page and page.count("<h2>") < 2:
        return []  # The copy is the same file.
    if "changed nearly everywhere" in page or "has not been extracted" in page:
        return None
    found, number = [], 0
    for part in re.split(r"(<h3>Page [\d,]+</h3>)", page):
        if heading := re.match(r"<h3>Page ([\d,]+)", part):
            number = int(heading.group(1).replace(",", ""))
            continue
        for item in re.findall(r'<li(?: lang="[^"]*")? dir="auto">(.*?)</li>', part, re.S):
            found.append((number, *(
                html.unescape(" ".join(re.findall(f"<{tag}>(.*?)</{tag}>", item, re.S)))
                for tag in ("del", "ins"))))
    return found


def share(part, whole):
    return f"{part} of {whole} ({100 * part / max(1, whole):.2f} %)"


def planted(arguments, sources):
    comparisons, expected = Comparisons(arguments.program), {}
    randomness = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for path, pages in sources:
            text = " ".join(pages).encode("cp1252", "ignore").decode("cp1252")
            words = [word for word in text.split() if word.isprintable()][:12_000]
            if len(words) < 300:
                continue
            edited, edits = plant(words, randomness)
            new = typeset(edited)
            new.insert(len(new) // 2, ["This page was inserted by the benchmark."])
            edits.append(("page", "", "This page was inserted by the benchmark."))
            (folder / "new.pdf").write_bytes(pdf(new))
            for tool in [None, *TOOLS]:
                result = folder / "saved.pdf"
                result.unlink(missing_ok=True)
                if tool is None:
                    shutil.copy(folder / "new.pdf", result)
                elif not save_again(tool, folder / "new.pdf", result):
                    continue
                name = f"{path.stem} {tool or 'edited'}"
                comparisons.add(name, pdf(typeset(words)), result.read_bytes())
                expected[name] = (tool or "not saved again", edits)
    shown = comparisons.show()
    print("Planted edits")
    for tool in ["not saved again", *TOOLS]:
        names = [name for name, (used, _) in expected.items() if used == tool]
        found = total = extra = listed = 0
        for name in names:
            changes_of = shown[name] or []
            listed += len(changes_of)
            explained = set()
            for kind, old, new in expected[name][1]:
                total += 1
                hits = [place for place, change in enumerate(changes_of)
                        if squeezed(old) in squeezed(change[1])
                        and squeezed(new) in squeezed(change[2])]
                if hits:
                    found += 1
                    # A change may show two edits that are close together.
                    explained.add(next((hit for hit in hits if hit not in explained), hits[0]))
                elif arguments.verbose:
                    print("  missed", name, kind, repr(old), repr(new))
            for place, change in enumerate(changes_of):
                if place not in explained:
                    extra += 1
                    if arguments.verbose:
                        print("  false", name, change)
        print(f"  {tool}: {len(names)} documents, found {share(found, total)},"
              f" false {share(extra, listed)}")


def squeezed(text):
    return re.sub(r"\s+|…", "", text)


def saved_again(arguments, sources):
    comparisons, expected = Comparisons(arguments.program), {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        unusable = {tool: 0 for tool in TOOLS}
        for path, pages in sources:
            for tool in TOOLS:
                result = folder / f"{path.stem}-{tool}.pdf"
                if not save_again(tool, path, result):
                    unusable[tool] += 1
                    continue
                copy, _ = extracted(arguments.program, result)
                letters = len(squeezed("".join(copy)))
                if letters < len(squeezed("".join(pages))) / 2:
                    unusable[tool] += 1
                    continue
                name = f"{path.stem} {tool}"
                comparisons.add(name, path.read_bytes(), result.read_bytes())
                expected[name] = (tool, len(pages), len(" ".join(pages).split()))
    shown = comparisons.show()
    print("Copies saved again")
    for tool in TOOLS:
        names = [name for name, (used, *_) in expected.items() if used == tool]
        pages = sum(expected[name][1] for name in names)
        words = sum(expected[name][2] for name in names)
        wrong_pages = documents = false = 0
        for name in names:
            if shown[name] is None:
                wrong_pages += expected[name][1]
                documents += 1
                print("  rewritten", name)
                continue
            numbers = {change[0] for change in shown[name]}
            wrong_pages += len(numbers)
            documents += bool(numbers)
            false += len(shown[name])
            if numbers and arguments.verbose:
                print("  false", name, shown[name][:4])
        print(f"  {tool}: {len(names)} documents ({unusable[tool]} not usable), with changes"
              f" {share(documents, len(names))}; pages with changes {share(wrong_pages, pages)};"
              f" {false} changes in {words} words")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=".build/release/offprint")
    parser.add_argument("--limit", type=int, default=40, help="the most documents")
    parser.add_argument("--largest", type=int, default=700_000, help="in bytes")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    arguments.program = arguments.program.resolve()
    os.environ["OFFPRINT_BINARY"] = str(arguments.program)
    sources = []
    for path in sorted(arguments.pdfs.rglob("*.pdf"), key=lambda path: path.name):
        if path.stat().st_size > arguments.largest or len(sources) == arguments.limit:
            continue
        pages, wrong = extracted(arguments.program, path)
        if not wrong and sum(len(page.split()) for page in pages) >= 50:
            sources.append((path, pages))
    print(f"{len(sources)} documents, {sum(len(pages) for _, pages in sources)} pages")
    planted(arguments, sources)
    saved_again(arguments, sources)


if __name__ == "__main__":
    main()

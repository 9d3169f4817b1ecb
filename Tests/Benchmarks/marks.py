#!/usr/bin/env python3
"""Whether the marks of a search cover the words that they mark.

    marks.py PDFS [--program .build/release/offprint] [--words 200] [--seed 1]

The PDFs are imported, and pages of them are opened as a page hit opens them: with `?q=` and a word
that the page has once. The ink is what pdftoppm paints in the box that pdftotext gives the word. A
word counts when 99 % of its ink is under a mark; words without a mark are counted apart, and so are
marks that cover more than three times the word.

Needs poppler-utils, numpy and Pillow.
"""
import argparse
import collections
import html
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import numpy
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import Server  # noqa: E402

SCALE = 2  # pixels per point
TOLERANCE = 1  # pixels by which anti-aliasing widens a letter


def words_of(pdf, page):
    """The words of a page by pdftotext that it has once, with their boxes."""
    text = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-"],
        capture_output=True, text=True, timeout=60).stdout
    found = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>',
        text)
    words = [(html.unescape(word), tuple(map(float, box))) for *box, word in found]
    counts = collections.Counter(re.sub(r"\W", "", word.lower())[:5] for word, _ in words)
    return [(word, box) for word, box in words
            if re.fullmatch(r"[A-Za-z]{6,}", word) and counts[word.lower()[:5]] == 1]


def picture(pdf, page, folder):
    name = pathlib.Path(folder) / "page"
    subprocess.run(
        ["pdftoppm", "-r", str(72 * SCALE), "-cropbox", "-gray", "-f", str(page), "-l", str(page),
         "-singlefile", pdf, name], check=True, capture_output=True, timeout=60)
    return numpy.asarray(Image.open(f"{name}.pgm"))


def marks(origin, slug, page, word):
    address = f"{origin}/publications/{slug}/pages/{page}?q={urllib.parse.quote(word)}"
    with urllib.request.urlopen(address) as answer:
        text = answer.read().decode()
    overlay = re.search(r'<svg class="marks".*?</svg>', text, re.S)
    if not overlay:
        return []
    return [tuple(map(float, rectangle)) for rectangle in re.findall(
        r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"/>',
        overlay.group())]


def judge(shown, box, rectangles):
    """The share of the word's ink that is marked, and the marked area by that of the word."""
    height, width = shown.shape
    left, top, right, bottom = (value * SCALE for value in box)
    part = shown[max(0, int(top)):min(height, int(bottom) + 1),
                 max(0, int(left)):min(width, int(right) + 1)]
    paper = numpy.median(part)
    ink = numpy.abs(part.astype(int) - paper) > 60
    covered = numpy.zeros(part.shape, bool)
    for x, y, w, h in rectangles:
        x0, y0 = int(x * SCALE - TOLERANCE - int(left)), int(y * SCALE - TOLERANCE - int(top))
        x1, y1 = (int((x + w) * SCALE + TOLERANCE - int(left)) + 1,
                  int((y + h) * SCALE + TOLERANCE - int(top)) + 1)
        covered[max(0, y0):max(0, y1), max(0, x0):max(0, x1)] = True
    marked = sum(w * h for _, _, w, h in rectangles)
    own = max(1, (box[2] - box[0]) * (box[3] - box[1]))
    return (ink & covered).sum() / max(1, ink.sum()), marked / own


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", type=pathlib.Path)
    parser.add_argument("--program", default=".build/release/offprint")
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = sorted(options.pdfs.glob("*.pdf"))
    rng.shuffle(files)
    samples = []
    for pdf in files:
        text = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
        pages = re.search(r"Pages:\s+(\d+)", text)
        if not pages or "Encrypted:      yes" in text:
            continue
        page = rng.randint(1, min(int(pages.group(1)), 30))
        words = words_of(pdf, page)
        for word, box in rng.sample(words, min(8, len(words))):
            samples.append((pdf, page, word, box))
        if len(samples) >= options.words:
            break
    samples = samples[:options.words]
    with tempfile.TemporaryDirectory() as folder:
        catalogue = pathlib.Path(folder) / "catalogue.jsonl"
        used = sorted({pdf for pdf, *_ in samples})
        catalogue.write_text("".join(json.dumps({
            "slug": f"paper-{number}", "title": f"Paper {number}", "authors": [],
            "published": "2020-01-01", "pdf": pdf.name}) + "\n" for number, pdf in enumerate(used)))
        subprocess.run(
            [options.program, "import", catalogue, "--files", options.pdfs, "--data",
             f"{folder}/data"], check=True, stdout=subprocess.DEVNULL)
        server = Server(f"{folder}/data", program=options.program)
        counts, bad, pictures = collections.Counter(), [], {}
        try:
            # Until the index has all pages, words are not known.
            pdf, page, word, _ = samples[0]
            deadline = time.monotonic() + 20
            while (not marks(server.origin, f"paper-{used.index(pdf)}", page, word)
                   and time.monotonic() < deadline):
                time.sleep(1)
            for pdf, page, word, box in samples:
                found = marks(server.origin, f"paper-{used.index(pdf)}", page, word)
                if not found:
                    counts["not marked"] += 1
                    bad.append(f"  not marked: {pdf.name} page {page}: {word}")
                    continue
                if (pdf, page) not in pictures:
                    pictures[pdf, page] = picture(pdf, page, folder)
                share, area = judge(pictures[pdf, page], box, found)
                counts["covered" if share >= .99 else "not covered"] += 1
                counts["too large"] += area > 3
                if share < .99 or area > 3:
                    bad.append(f"  {share:.3f} of the ink, {area:.1f} of the area: {pdf.name}"
                               f" page {page}: {word}")
        finally:
            server.stop()
    print("\n".join(bad))
    print(f"{len(samples)} words of {len(used)} files: " + ", ".join(
        f"{name} {counts[name]}" for name in ("covered", "not covered", "not marked", "too large")))


if __name__ == "__main__":
    main()

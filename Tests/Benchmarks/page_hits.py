#!/usr/bin/env python3
"""Asks whether a search for words of a page finds that page. Standard library only.

  offprint import FILES.jsonl --files FOLDER --data DIR     # what --catalogue writes
  python3 Tests/Benchmarks/page_hits.py --catalogue FILES.jsonl --pdfs FOLDER
  offprint serve --data DIR …
  python3 Tests/Benchmarks/page_hits.py --url http://127.0.0.1:8080 --references REFERENCES

REFERENCES has for a file NAME.pdf its text as other programs read it, a form feed behind each page:
NAME.gt.txt.gz where the text is known exactly for each page, else NAME.pdftotext.txt.gz. Half of the
questions are single words that stand on one page of all, half are two or three words as they follow
each other on a page. A question counts as answered when its page is among the hits of its file, or
another page of all files has the words as well and is. The status is 1 when fewer than --least
are answered.
"""
import argparse, collections, gzip, json, os, random, re, sys, unicodedata, urllib.parse, urllib.request

# Words of a page as a reader might type them: letters only, and not so short that they say nothing.
WORD = re.compile(r"[^\W\d_]{4,24}")


def folded(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def pages_of(folder, name):
    for suffix in ("gt", "pdftotext"):
        path = os.path.join(folder, f"{name}.{suffix}.txt.gz")
        if os.path.exists(path):
            with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
                pages = file.read().split("\f")
            # A word that a line's end divides is one word to a reader.
            pages = [re.sub(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[^\W\d_])", "", page) for page in pages]
            pages = pages[:-1] if len(pages) > 1 and not pages[-1].strip() else pages
            # A text that is known as a whole tells nothing of its pages.
            if suffix == "pdftotext" or len(pages) > 1:
                return pages
    return []


def questions(references, count):
    files = sorted({name.split(".")[0] for name in os.listdir(references)})
    texts = {name: pages_of(references, name) for name in files}
    places = collections.defaultdict(set)
    for name, pages in texts.items():
        for number, page in enumerate(pages, 1):
            for word in WORD.findall(page):
                places[folded(word)].add((name, number))
    choice = random.Random(5)
    found = []
    names = [name for name, pages in texts.items() if any(page.strip() for page in pages)]
    while len(found) < count:
        name = choice.choice(names)
        number = choice.randrange(len(texts[name])) + 1
        page = texts[name][number - 1]
        if len(found) % 2 == 0:
            words = [word for word in WORD.findall(page) if len(places[folded(word)]) == 1]
            if words:
                found.append((choice.choice(words), name, number))
        else:
            # Within a line, since where one ends a word may be divided.
            runs = re.findall(r"(?:[^\W\d_]{2,24} ){1,2}[^\W\d_]{4,24}", page)
            if runs:
                found.append((choice.choice(runs), name, number))
    return found, texts


def has(texts, name, number, words):
    return 0 < number <= len(texts[name]) and folded(words) in " ".join(folded(texts[name][number - 1]).split())


def ask(url, query):
    address = f"{url}/api/search?" + urllib.parse.urlencode({"q": query, "limit": 10})
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)["results"]


def check(options):
    asked, texts = questions(options.references, options.count)
    answered = 0
    for words, name, number in asked:
        query = f'"{words}"' if " " in words else words
        hits = [(r["slug"], p["page"]) for r in ask(options.url, query) for p in r["pages"]]
        slugs = {slug(other): other for other in texts}
        right = (slug(name), number) in hits or any(
            found in slugs and has(texts, slugs[found], page, words) for found, page in hits)
        answered += right
        if not right:
            print(f"{query}: not on page {number} of {name}, but {hits[:4]}")
    print(f"{answered} of {len(asked)} found on the right page, {answered / len(asked):.1%}")
    return 0 if answered >= options.least * len(asked) else 1


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", "file " + name.lower()).strip("-")


def catalogue(options):
    with open(options.catalogue, "w", encoding="utf-8") as lines:
        for name in sorted(os.listdir(options.pdfs)):
            if name.endswith(".pdf"):
                record = {"slug": slug(name[:-4]), "title": f"File {name[:-4]}", "published": "2010-02-25", "pdf": name}
                lines.write(json.dumps(record) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue")
    parser.add_argument("--pdfs")
    parser.add_argument("--url")
    parser.add_argument("--references")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--least", type=float, default=0.98)
    options = parser.parse_args()
    sys.exit(catalogue(options) if options.catalogue else check(options))


if __name__ == "__main__":
    main()

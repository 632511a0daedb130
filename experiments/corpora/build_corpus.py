#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build a four-domain text corpus (en, fr, de, py) from the packages of one Debian release alone.

    apt-get update
    ./build_corpus.py --tier small --out corpus/small
    ./build_corpus.py --tier large --out corpus/large

The packages and what is read in them are in corpus_sources.json, beside this file. They are fetched with `apt-get
download` and unpacked with `dpkg -x` under --cache; nothing is installed and root is not needed. A package that is
in the cache is not fetched again. Python >= 3.8, standard library only. The same package versions give the same bytes.

For each domain D and split S (train, valid), OUT/S.D.jsonl has one article per line,
    {"id": ..., "domain": "en|fr|de|py", "text": ..., "source": "package/path in the package"}
and OUT/manifest.json has package versions, licences, counts and the sha256 of each file.

An article is one page of documentation, manual page, game scenario or Python file. Translations of a page have
the same id in en, fr and de, and an id is in the same split in all of them. Articles are made so:
  1. markup goes, with menus, code blocks, synopses, credits and licence sections;
  2. a paragraph stays if it is prose and its stop words are those of the expected language, which removes what
     was left untranslated; a page with more than 30 % of that is dropped in that language;
  3. a paragraph already seen in the language, or seen in English (case, digits and punctuation ignored), goes:
     boilerplate stays at most once, and no paragraph is in both splits.
They are taken in a fixed pseudo-random order, those that exist in more languages first, until the domain has the
token budget of the tier. Tokens are estimated with chars_per_token, measured (a newline is one token) with a
SentencePiece BPE model trained on the tier itself, with byte fallback: vocabulary 4000 for small, 32000 for large.

On stdout there is one line `progress SHARE PHASE` from time to time; a failure is one sentence on stderr, status 3.
"""
import argparse
import bz2
import collections
import concurrent.futures
import fcntl
import gettext
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from corpus_text import man_paragraphs, page_paragraphs, prose, python_text, wesnoth_paragraphs

PROSE = ("en", "fr", "de")
DOMAINS = PROSE + ("py",)
MIN_ARTICLE = 300           # characters
MAX_VALID_ARTICLE = 12_000  # characters; longer articles are for training
FAILED = 3                  # exit status of a failure that the sentence on stderr explains
# What to read. codes[language] = (p, c) replaces {p} and {c} in the packages and in the path; the places of the
# release replace what bears their names. In the path, * stands for any characters and @ for any but a dot; what they
# match names the article: id = name of the source/match.
Source = collections.namedtuple("Source", "name tier kind codes licence path packages")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus_sources.json"), encoding="utf-8") as table:
    TABLE = json.load(table)


def this_release():
    """That of this system; else the first, and the packages will show what is other."""
    try:
        with open("/etc/os-release", encoding="utf-8") as file:
            lines = file.read().split("\n")
    except OSError:
        lines = []
    known = (release for release in TABLE["releases"] if f"VERSION_CODENAME={release['codename']}" in lines)
    return next(known, TABLE["releases"][0])


RELEASE = this_release()
SKIP_PAGE = re.compile(r"big-page|[./-]index(\.\w\w)?\.(html|page|7)|\.directives\.7|developers-reference\.html"
                       r"|/(gpl|fdl|gfdl|legal|copying|copyright|licen[cs]e|credits|colophon)[^/]*$|/00/"
                       r"|\.(png|svg|jpg|css|js|stamp)$", re.I)
SKIP_PY = re.compile(r"/tests?/|/testing/|/test_|_test\.py|/conftest|/locale/|/languages?/|/_vendor/|pydoc_data"
                     r"|/encodings/|_sysconfigdata|/idlelib/")


class CorpusError(Exception):
    """One sentence: what is missing or other than expected, and what to do."""


def progress(share, phase):
    print(f"progress {share:.4f} {phase}", flush=True)


# ---- packages ----

def run(command, folder, advice):
    """The command's output; its last line of complaint and the advice when it fails."""
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except FileNotFoundError:
        raise CorpusError(f"The program {command[0]} is not installed; {RELEASE['name']} is needed.") from None
    if done.returncode:
        complaint = (done.stderr.strip() or f"status {done.returncode}").split("\n")[-1].rstrip(".")
        raise CorpusError(f"`{' '.join(command)}` failed ({complaint}); {advice}")
    return done.stdout.strip()


def unpack(package, folder):
    """Makes `folder` with the package's `files` and its `version`, whole or not at all."""
    part = folder + ".part"
    shutil.rmtree(part, ignore_errors=True)
    os.makedirs(part)
    run(["apt-get", "download", "-q", package], part,
        f"run `apt-get update`, check the network and that this is {RELEASE['name']}, and build again.")
    archive, = (name for name in os.listdir(part) if name.endswith(".deb"))
    again = "free some space and build again."
    run(["dpkg", "-x", archive, "files"], part, again)
    with open(os.path.join(part, "version"), "w", encoding="utf-8") as f:
        f.write(run(["dpkg-deb", "-f", archive, "Version"], part, again))
    os.remove(os.path.join(part, archive))
    os.rename(part, folder)


def fetch(packages, cache):
    """Download and unpack the packages; return {package: (folder, version)}."""
    found = {}
    for i, package in enumerate(packages):
        folder = os.path.join(cache, package)
        progress(0.7 * i / len(packages), f"package {package}")
        if not os.path.isdir(folder):
            unpack(package, folder)
        with open(os.path.join(folder, "version"), encoding="utf-8") as f:
            found[package] = (os.path.join(folder, "files"), f.read())
    return found


def units(tier):
    """(source, language, package, regular expression of the paths) of all that the tier reads, in a fixed order."""
    for source in (Source(**row) for row in TABLE["sources"] if row["tier"] in ("small", tier)):
        for language, (p, c) in TABLE["codes"][source.codes].items():
            path = re.escape(source.path.format(p=p, c=c, **RELEASE["places"])).replace(r"\*", "(.+)").replace("@", "([^.]+)")
            for template in source.packages.split():
                yield source, language, template.format(p=p, **RELEASE["places"]), re.compile(path + "$")


# ---- from files to articles ----

def read_text(path):
    opener = {".gz": gzip.open, ".bz2": bz2.open}.get(os.path.splitext(path)[1], open)
    with opener(path, "rb") as f:
        data = f.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def extract(job):
    """[(id, source path, paragraphs)] of one unit; runs in a worker process."""
    (source, language, package, pattern), folder = job
    names = sorted(os.path.relpath(os.path.join(d, f), folder) for d, _, files in os.walk(folder) for f in files
                   if not os.path.islink(os.path.join(d, f)))
    pages = [(pattern.match(n)[1], n) for n in names if pattern.match(n) and not SKIP_PAGE.search("/" + n)]
    translate, articles = str, []
    for name in names if source.kind == "wesnoth" else []:
        if f"/locale/{language}/LC_MESSAGES/wesnoth-" in name:
            with open(os.path.join(folder, name), "rb") as f:
                translate = gettext.GNUTranslations(f).gettext
    if not pages or (source.kind == "wesnoth" and (translate is str) != (language == "en")):
        raise CorpusError(f"The package {package} has changed: it has no {source.name} pages in {language} "
                          f"(/{source.path}); use the packages of {RELEASE['name']}.")
    for key, name in pages:
        text = read_text(os.path.join(folder, name))
        if source.kind == "kde":                    # all pages of a manual are in one file
            marked = re.split(r'<FILENAME filename="([^"]*)">', text)
            found = [(f"{key}/{page}", page_paragraphs(body, False)) for page, body in zip(marked[1::2], marked[2::2])]
        elif source.kind == "py":
            found = [(key, [] if SKIP_PY.search("/" + key) else python_text(text))]
        elif source.kind == "man":
            found = [(key.split("/")[1], man_paragraphs(text))]
        elif source.kind == "wesnoth":
            found = [(key, wesnoth_paragraphs(text, translate))]
        else:
            found = [(key, page_paragraphs(text, not name.endswith(".html")))]
        articles += [(f"{source.name}/{key}", f"{package}/{name}", paragraphs) for key, paragraphs in found]
    return articles


def collect(tier, folders):
    """{domain: {id: (text, source)}}: all articles, filtered and without repeated paragraphs."""
    jobs = [(unit, folders[unit[2]][0]) for unit in units(tier)]
    articles, seen = {d: {} for d in DOMAINS}, {d: set() for d in DOMAINS}
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for i, (((_, domain, package, _), _), found) in enumerate(zip(jobs, pool.map(extract, jobs))):
            progress(0.7 + 0.28 * i / len(jobs), f"text of {package}")
            for key, origin, paragraphs in found:
                if key in articles[domain]:
                    continue
                fresh = []
                for p in paragraphs if domain == "py" else prose(paragraphs, domain):
                    mark = hashlib.md5(re.sub(r"[\W\d_]+", " ", p.lower()).encode()).digest()
                    if mark not in seen[domain] and (domain in ("en", "py") or mark not in seen["en"]):
                        seen[domain].add(mark)
                        fresh.append(p)
                if sum(map(len, fresh)) >= MIN_ARTICLE:
                    articles[domain][key] = ("\n".join(fresh), origin)
    return articles


def choose(articles, tier):
    """{(split, domain): [id]} within the token budgets of the tier."""
    budgets = TABLE["tiers"][tier]
    languages = collections.Counter(key for domain in PROSE for key in articles[domain])
    long = {key for found in articles.values() for key, (text, _) in found.items() if len(text) > MAX_VALID_ARTICLE}
    chosen = {}
    for split in ("train", "valid"):
        for domain in DOMAINS:
            digests = {key: hashlib.sha256(key.encode()).hexdigest() for key in articles[domain]}
            budget = left = budgets[split] * budgets["chars_per_token"][domain]
            taken = []
            for key in sorted(digests, key=lambda k: (-languages[k], digests[k])):
                size = len(articles[domain][key][0])
                is_valid = int(digests[key][:8], 16) < budgets["valid_pool"] * 2 ** 32 and key not in long
                if is_valid == (split == "valid") and size <= left:
                    taken.append(key)
                    left -= size
            if left > 0.02 * budget:
                raise CorpusError(f"A package has changed: for {split}.{domain}, {left:.0f} of {budget:.0f} characters "
                                  f"are missing; use the packages of {RELEASE['name']}.")
            chosen[split, domain] = sorted(taken, key=digests.get)
    return chosen


def write_articles(path, domain, keys, articles, chars_per_token):
    """Writes one file and returns its counts."""
    lines, chars, words = [], 0, 0
    for key in keys:
        text, source = articles[key]
        row = {"id": key, "domain": domain, "text": text, "source": source}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        chars, words = chars + len(text), words + len(text.split())
    data = "".join(lines).encode("utf-8")
    with open(path, "wb") as f:
        f.write(data)
    return {"articles": len(keys), "characters": chars, "words": words, "estimated_tokens": round(chars / chars_per_token),
            "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write(out, tier, articles, chosen, folders):
    os.makedirs(out, exist_ok=True)
    files, origins = {}, {domain: collections.Counter() for domain in DOMAINS}
    for (split, domain), keys in chosen.items():
        name = f"{split}.{domain}.jsonl"
        files[name] = write_articles(os.path.join(out, name), domain, keys, articles[domain],
                                     TABLE["tiers"][tier]["chars_per_token"][domain])
        for key in keys:
            origins[domain][key.split("/")[0]] += len(articles[domain][key][0])
    sources = {unit[0] for unit in units(tier)}
    manifest = {
        "tier": tier, "release": RELEASE["name"], "files": files, "characters_by_source": origins,
        "articles_in_en_fr_and_de": {split: len(set.intersection(*(set(chosen[split, d]) for d in PROSE)))
                                     for split in ("train", "valid")},
        "licences": {f"{s.name}: {s.packages}": s.licence for s in sorted(sources)},
        "packages": {package: version for package, (_, version) in folders.items()}}
    with open(os.path.join(out, "manifest.json"), "w", encoding="utf-8") as f:
        json.dump(manifest, f, indent=1, ensure_ascii=False)


def lock(cache):
    """An open file that keeps other builds away from the cache until this process ends."""
    os.makedirs(cache, exist_ok=True)
    held = open(os.path.join(cache, ".lock"), "w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CorpusError(f"Another build is using {cache}; wait until it has ended and build again.") from None
    return held


def build(tier, out, cache):
    cache = os.path.join(cache, RELEASE["codename"])
    held = lock(cache)
    folders = fetch(sorted({package for _, _, package, _ in units(tier)}), cache)
    articles = collect(tier, folders)
    chosen = choose(articles, tier)
    progress(0.98, "files")
    write(out, tier, articles, chosen, folders)
    held.close()


def fail(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(FAILED)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tier", choices=TABLE["tiers"], default="small")
    parser.add_argument("--out", required=True, help="output folder")
    parser.add_argument("--cache", default="corpus-cache", help="folder for the packages (default: %(default)s)")
    args = parser.parse_args()
    try:
        build(args.tier, args.out, os.path.abspath(args.cache))
    except CorpusError as error:
        fail(error)
    except OSError as error:
        fail(f"Cannot use {error.filename or args.cache} ({error.strerror}); free some space or check permissions.")


if __name__ == "__main__":
    main()

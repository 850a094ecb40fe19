"""Downloads that can be cut and taken up again: sized, checked, written apart, remembered with their checksum."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.files import replace

LARGEST_FILE = 400 << 20
LARGEST_PAGE = 8 << 20
_ATTEMPTS = 4
_CHUNK = 1 << 16
_PARTIAL, _NOT_SATISFIABLE, _NOT_MODIFIED = 206, 416, 304
_MANIFEST = "downloads.json"
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Told = Callable[[str, int, int | None], None]
"""Told the file's name, how many bytes are here, and of how many (None: not known)."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is here whole."""

    url: str
    name: str
    size: int
    sha256: str
    validator: str | None
    """ETag or date, by which the publisher tells whether the file changed."""


def page(client: httpx.Client, url: str) -> str:
    """The text of a page; raises KnowledgeError where it cannot be had or is too large."""
    try:
        with client.stream("GET", url) as response:
            _expect(response, url)
            content = b""
            for chunk in response.iter_bytes(_CHUNK):
                content += chunk
                if len(content) > LARGEST_PAGE:
                    raise KnowledgeError(f"{url}: more than {LARGEST_PAGE:,} bytes for a page; look at it by hand")
            return content.decode(response.encoding or "utf-8", "replace")
    except httpx.HTTPError as error:
        raise KnowledgeError(
            f"{url}: cannot be reached ({error}); check the network, or load a file by hand"
        ) from error


def download(client: httpx.Client, url: str, name: str, folder: Path, told: Told) -> tuple[Path, bool]:
    """The file's path, and whether it is new; what is here already is asked for again only if it changed.

    A download that is cut is taken up where it was, in this run or the next, if the publisher's file is still the same.
    Raises KnowledgeError naming the address and what to do; nothing half-written is left under the file's name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _safe(name)
    known = _known(folder, path)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _attempt(client, url, path, known, told)
        except httpx.HTTPError as error:
            if attempt == _ATTEMPTS:
                raise KnowledgeError(
                    f"{url}: cut off {_ATTEMPTS} times ({error}); run it again, it goes on where it was"
                ) from error
    raise AssertionError  # the loop returns or raises


def _attempt(client: httpx.Client, url: str, path: Path, known: Download | None, told: Told) -> tuple[Path, bool]:
    part, mark = _part(path), _mark(path)
    headers = _conditions(known, part, mark, url)
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == _NOT_MODIFIED and known:
            return path, False
        if response.status_code == _NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise httpx.ReadError("the file changed while it was downloaded")
        _expect(response, url)
        _receive(response, url, path, told)
    _complete(response, url, path)
    return path, True


def _conditions(known: Download | None, part: Path, mark: Path, url: str) -> dict[str, str]:
    """Only if changed, where it is here whole; only the rest, where a part of the same file is."""
    if known and known.validator and known.url == url:
        return _if_changed(known.validator)
    if part.is_file() and mark.is_file() and part.stat().st_size:
        validator = json.loads(mark.read_text(encoding="utf-8"))
        if validator.get("url") == url and validator.get("validator"):
            return {"Range": f"bytes={part.stat().st_size}-", "If-Range": validator["validator"]}
    part.unlink(missing_ok=True)
    return {}


def _if_changed(validator: str) -> dict[str, str]:
    return {"If-None-Match": validator} if validator.startswith(('"', "W/")) else {"If-Modified-Since": validator}


def _receive(response: httpx.Response, url: str, path: Path, told: Told) -> None:
    part = _part(path)
    resumed = response.status_code == _PARTIAL and (found := _RANGE.match(response.headers.get("content-range", "")))
    here = int(found[1]) if resumed and found else 0
    if resumed and here != part.stat().st_size:
        part.unlink(missing_ok=True)
        raise httpx.ReadError("the publisher resumed at another place")
    total = _total(response, here)
    if total is not None and total > LARGEST_FILE:
        raise KnowledgeError(f"{url}: {total:,} bytes; no published table is as large, so it is not downloaded")
    _mark(path).write_text(json.dumps({"url": url, "validator": _validator(response)}), encoding="utf-8")
    with part.open("ab" if resumed else "wb") as stream:
        for chunk in response.iter_raw():  # as it comes: what was received before a cut is kept
            here += len(chunk)
            if here > LARGEST_FILE:
                raise KnowledgeError(f"{url}: more than {LARGEST_FILE:,} bytes; not downloaded further")
            stream.write(chunk)
            told(path.name, here, total)
    if total is not None and here != total:
        raise httpx.ReadError(f"{here:,} of {total:,} bytes came")


def _complete(response: httpx.Response, url: str, path: Path) -> None:
    """Give the whole file its name, and remember its checksum."""
    part = _part(path)
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    one = Download(url, path.name, part.stat().st_size, digest, _validator(response))
    part.replace(path)
    _mark(path).unlink(missing_ok=True)
    _remember(path.parent, one)


def _total(response: httpx.Response, here: int) -> int | None:
    length = response.headers.get("content-length")
    return here + int(length) if length and length.isdigit() and not response.headers.get("content-encoding") else None


def _validator(response: httpx.Response) -> str | None:
    tag = response.headers.get("etag")
    return str(tag) if tag and not tag.startswith("W/") else response.headers.get("last-modified") or tag


def _known(folder: Path, path: Path) -> Download | None:
    """The file as remembered, if it is still what it was."""
    one = _manifest(folder).get(path.name)
    if one is None or not path.is_file():
        return None
    same = hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256
    return one if same else None


def _manifest(folder: Path) -> dict[str, Download]:
    try:
        content = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return {name: Download(**one) for name, one in content.items()}
    except (OSError, ValueError, TypeError):
        return {}


def _remember(folder: Path, one: Download) -> None:
    known = {**_manifest(folder), one.name: one}
    content = json.dumps({name: asdict(each) for name, each in sorted(known.items())}, indent=1)
    replace(folder / _MANIFEST, content.encode())


def _expect(response: httpx.Response, url: str) -> None:
    if response.is_success:
        return
    raise KnowledgeError(
        f"{url}: the publisher answered {response.status_code} {response.reason_phrase}; the address may have moved: "
        "correct `fetch` in knowledge/sources.yaml, or load a file by hand"
    )


def _safe(name: str) -> str:
    """A name without folders, so that a page cannot say where a file goes."""
    cleaned = re.sub(r"[^A-Za-z0-9._ -]", "_", name.rpartition("/")[2]).lstrip(".")
    if not cleaned:
        raise KnowledgeError(f"{name!r} is no file name; load the file by hand")
    return cleaned


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _mark(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")

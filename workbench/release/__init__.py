"""Room: release. Turns frozen slices into files: exporters, dataset card, manifest, and what differs between builds."""

from workbench.release.base import About, Entry, Exporter, Material, Pair
from workbench.release.options import Option, Options
from workbench.release.outputs import FileRecord
from workbench.release.registry import EXPORTERS, FunctionExporter, register
from workbench.release.staging import Staging

__all__ = [
    "EXPORTERS",
    "About",
    "Entry",
    "Exporter",
    "FileRecord",
    "FunctionExporter",
    "Material",
    "Option",
    "Options",
    "Pair",
    "Staging",
    "register",
]

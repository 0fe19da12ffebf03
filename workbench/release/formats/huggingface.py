"""A folder as the Hugging Face hub and ``datasets.load_dataset`` read it: Parquet, and a YAML header in the card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from workbench.release.base import Entry, Material
from workbench.release.messages import message
from workbench.release.options import Options
from workbench.release.outputs import OutputFile
from workbench.release.registry import FunctionExporter
from workbench.release.sheet import plain_value
from workbench.release.staging import Staging

SHARD = 250_000
_BATCH = 1_000
_GROUP = 10  # batches in a row group
_TAG = ("scheme", "value", "author", "turn", "note", "confidence", "machine", "scheme_version")


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """``data/train-*.parquet`` with at most `SHARD` samples each, and ``dataset_info`` and ``configs`` for the card."""
    entries = material.entries()
    shards = -(-material.about.samples // SHARD)
    written = 0
    for number in range(shards):
        with out.open(f"data/train-{number:05d}-of-{shards:05d}.parquet") as file:
            _write_shard(file, material, islice(entries, SHARD))
        written += out.files[-1].bytes
    out.header.update(_header(material.about.samples, written))
    return ()


def _write_shard(file: OutputFile, material: Material, entries: Iterator[Entry]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema()
    # Every choice that changes the bytes is made here, not left to the defaults of a version of the library.
    fixed = {"compression": "zstd", "compression_level": 3, "version": "2.6", "data_page_version": "1.0",
             "use_dictionary": True, "write_statistics": True, "store_schema": False}  # fmt: skip
    with pq.ParquetWriter(file, schema, **fixed) as writer:
        batches: list[Any] = []
        while batch := list(islice(entries, _BATCH)):
            rows = [_row(material, entry) for entry in batch]
            batches.append(pa.RecordBatch.from_pylist(rows, schema=schema))
            file.records += len(batch)
            if len(batches) == _GROUP:
                writer.write_table(pa.Table.from_batches(batches))
                batches = []
        if batches:
            writer.write_table(pa.Table.from_batches(batches))


def _row(material: Material, entry: Entry) -> dict[str, Any]:
    record = entry.record()
    source = material.source(record["source"])
    extra = record.get("extra")
    return {
        "id": record["id"],
        "messages": [message(turn) for turn in record["turns"]],
        "language": record.get("language"),
        "title": record.get("title"),
        "source": source.name,
        "license": source.license,
        "origin": record["origin"]["kind"],
        "branch": entry.branch,
        "synthetic": entry.synthetic,
        "aigc": entry.aigc,
        "tags": [{**tag, "value": plain_value(tag["value"])} for tag in entry.tags],
        "extra": orjson.dumps(extra, option=orjson.OPT_SORT_KEYS).decode() if extra else None,
    }


def _schema() -> Any:
    import pyarrow as pa

    text, number, flag = pa.string(), pa.int64(), pa.bool_()
    call = pa.struct([("id", text), ("type", text), ("function", pa.struct([("name", text), ("arguments", text)]))])
    turn = pa.struct(
        [("role", text), ("content", text), ("name", text), ("tool_calls", pa.list_(call)), ("tool_call_id", text)]
    )
    kinds = {"confidence": pa.float64(), "machine": flag, "scheme_version": number}
    tag = pa.struct([(name, kinds.get(name, text)) for name in _TAG])
    aigc = pa.struct([("generated", flag), ("model", text), ("recipe", text), ("depth", number)])
    return pa.schema(
        [
            ("id", text), ("messages", pa.list_(turn)), ("language", text), ("title", text), ("source", text),
            ("license", text), ("origin", text), ("branch", text), ("synthetic", flag), ("aigc", aigc),
            ("tags", pa.list_(tag)), ("extra", text),
        ]
    )  # fmt: skip


def _header(samples: int, size: int) -> dict[str, Any]:
    schema = _schema()
    return {
        "dataset_info": {
            "features": [_feature(field.name, field.type) for field in schema],
            "splits": [{"name": "train", "num_bytes": size, "num_examples": samples}],
            "download_size": size,
            "dataset_size": size,
        },
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*"}]}],
    }


def _feature(name: str, kind: Any) -> dict[str, Any]:
    """A column in the card's language for types."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        inner = [_feature(field.name, field.type) for field in kind.value_type]
        return {"name": name, "list": inner}
    if pa.types.is_struct(kind):
        return {"name": name, "struct": [_feature(field.name, field.type) for field in kind]}
    names = {"double": "float64"}
    return {"name": name, "dtype": names.get(str(kind), str(kind))}


HUGGINGFACE = FunctionExporter(
    "huggingface",
    "Hugging Face folder (Parquet)",
    "Parquet files with a dataset card; datasets.load_dataset opens the folder.",
    write,
    loses=("turn ids", "times", "lineage, except the mark of synthetic text"),
)

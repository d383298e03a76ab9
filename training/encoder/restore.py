"""The two files that byline embeds -> a run, from which training can go on (int8 weights become the fp32 numbers they stand for).

  python restore.py --assets ../../assets/encoder --out runs/shipped
"""
import argparse
import struct
from pathlib import Path

import numpy as np
import torch
from rten_convert import schema_generated as schema

from export import MAGIC
from model import Network

KINDS = {schema.ConstantDataType.Float32: "<f4", schema.ConstantDataType.Int8: "i1"}


def constants(data):
    """Name -> array of every weight in a file of rten's format, in the file's order."""
    _, model_at, _, weights_at = struct.unpack_from("<IQQQ", data, 4)
    model, found = schema.ModelT.InitFromObj(schema.Model.GetRootAs(data, model_at)), {}
    for node in model.graph.nodes:
        if not isinstance(node.data, schema.ConstantNodeT) or node.data.dtype not in KINDS:
            continue
        shape = [int(n) for n in node.data.shape]
        if node.data.dataOffset is None:
            array = np.array(node.data.data.data)
        else:
            array = np.frombuffer(data, KINDS[node.data.dtype], int(np.prod(shape)), weights_at + node.data.dataOffset)
        found[node.name.decode()] = array.reshape(shape)
    return found


def restore_network(network, found):
    state, keep = {}, lambda array: torch.tensor(np.array(array, dtype=np.float32))
    for name, array in found.items():
        if name.startswith("network."):
            state[name.removeprefix("network.")] = keep(array)
        elif name.startswith("pair/") and "::" not in name and "Constant" not in name:
            state[name.replace("/", ".")] = keep(array)
    # The matrices lost their names; they stand in the order in which they are used, turned over.
    whole = iter([n for n in found if n.endswith("_quantized")])
    for i in range(len(network.layers)):
        for part in ("qkv", "out", "up", "down"):
            name = next(whole)
            scale = found[name.replace("_quantized", "_scale")]
            state[f"layers.{i}.{part}.weight"] = keep(found[name] * scale[None]).t().contiguous()
    plain = iter([found[n] for n in found if "::MatMul" in n and not n.endswith(("_quantized", "_scale", "_zero_point"))])
    for name in ("heads.names", "heads.claims", "pair.cue", "pair.inner", "pair.out"):
        state[f"{name}.weight"] = keep(next(plain)).t().contiguous()
    return state


def restore_tables(data):
    """(the state of the four tables, the vocabulary)"""
    assert data[:4] == MAGIC
    pieces, width, *sizes = struct.unpack_from("<5I", data, 4)
    at = 24
    rounded = np.frombuffer(data, "i1", pieces * width, at).reshape(pieces, width)
    at += pieces * width
    scale = np.frombuffer(data, "<f4", pieces, at)
    at += 4 * pieces
    state = {"piece.weight": torch.tensor(rounded * scale[:, None])}
    for name, rows in zip(("position", "shape", "quote"), sizes):
        state[f"{name}.weight"] = torch.tensor(np.frombuffer(data, "<f4", rows * width, at).reshape(rows, width).copy())
        at += 4 * rows * width
    return state, data[at:].decode().partition("\n\n")[0].split("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assets", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tables, lines = restore_tables((args.assets / "tables.bin").read_bytes())
    found = constants((args.assets / "network.rten").read_bytes())
    layers = sum(name.endswith("_quantized") for name in found) // 4
    network = Network(len(lines), layers)
    network.load_state_dict(tables | restore_network(network, found))
    (args.out / "vocabulary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    torch.save({"state": network.state_dict(), "layers": layers, "arguments": {}}, args.out / "last.pt")


if __name__ == "__main__":
    main()

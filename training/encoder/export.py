"""A run -> the two files that byline embeds: the network (int8, in the format of rten) and the tables it is fed from.

  python export.py --run runs/a --out ../../assets/encoder

network.rten  seen [N, 384] (piece and position vectors), told [N, 384] (shape and quote vectors)
                -> hidden [N, 384], names [N, 9], claims [N, 7] (scores before the softmax)
              pair_words [W, 384], pair_cues [C, 384], distance, sentence, paragraph [C, W] (bucket numbers)
                -> pair [C, W, 3]
              The layers' weights are int8, a scale a column; the heads stay fp32.
tables.bin    little-endian: "BYL1", u32 pieces, u32 width, u32 positions, u32 shapes, u32 quotes; then
              piece vectors i8 [pieces, width], their scales f32 [pieces], position f32 [positions, width],
              shape f32 [shapes, width], quote f32 [quotes, width]; then the vocabulary, a line a piece, then an empty
              line, then the accent table, a line each: letter and bare letter.
"""
import argparse
import struct
import subprocess
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from model import ATTENTION_HEADS, LOWEST, WIDTH
from evaluate import Reader
from pieces import ACCENTS

MAGIC = b"BYL1"


class Exported(torch.nn.Module):
    """Encoder and tag heads for one window, in plain operations so that the graph holds nothing but them."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    @staticmethod
    def linear(module, x):
        return x @ module.weight.t() + module.bias

    def layer(self, layer, x):
        size = WIDTH // ATTENTION_HEADS
        qkv = self.linear(layer.qkv, x).reshape(-1, 3, ATTENTION_HEADS, size).permute(1, 2, 0, 3)
        q, k, v = qkv[0] * size ** -.5, qkv[1], qkv[2]
        mixed = torch.softmax(q @ k.transpose(1, 2), -1) @ v
        x = layer.norm1(x + self.linear(layer.out, mixed.transpose(0, 1).reshape(-1, WIDTH)))
        inner = torch.nn.functional.gelu(self.linear(layer.up, x))
        return layer.norm2(x + self.linear(layer.down, inner))

    def forward(self, seen, told):
        x = self.network.norm(seen)
        for i, layer in enumerate(self.network.layers):
            x = self.layer(layer, x + told if i == LOWEST else x)
        heads = self.network.heads
        return x, self.linear(heads["names"], x), self.linear(heads["claims"], x)


def clip_rows(network, levels=64):
    """Cuts off each output's largest weights where that makes the mean square error of rounding to 7 bits smaller."""
    for layer in network.layers:
        for module in (layer.qkv, layer.out, layer.up, layer.down):
            weight = module.weight.data
            top, best, least = weight.abs().amax(1, keepdim=True), weight, torch.full((len(weight), 1), torch.inf)
            for share in (1., .95, .9, .85, .8, .75, .7, .6):
                step = top * share / levels
                clipped = weight.clamp(-top * share, top * share)
                error = ((clipped / step).round() * step - weight).square().mean(1, keepdim=True)
                best, least = torch.where(error < least, clipped, best), torch.minimum(error, least)
            module.weight.data = best


def export_parts(network, folder, reduce=True):
    window = torch.zeros(16, WIDTH), torch.zeros(16, WIDTH)
    torch.onnx.export(Exported(network), window, folder / "encoder.onnx", dynamo=False, opset_version=17,
                      input_names=["seen", "told"], output_names=["hidden", "names", "claims"],
                      dynamic_axes={n: {0: "pieces"} for n in ("seen", "told", "hidden", "names", "claims")})
    at = torch.zeros(2, 16, dtype=torch.int32)
    torch.onnx.export(network.pair, (torch.zeros(16, WIDTH), torch.zeros(2, WIDTH), at, at, at), folder / "pair.onnx",
                      dynamo=False, opset_version=17, output_names=["pair"],
                      input_names=["pair_words", "pair_cues", "distance", "sentence", "paragraph"],
                      dynamic_axes={"pair_words": {0: "words"}, "pair_cues": {0: "cues"}, "pair": {0: "cues", 1: "words"},
                                    **{n: {0: "cues", 1: "words"} for n in ("distance", "sentence", "paragraph")}})
    # 7 bits: 8 would overflow in the 16-bit sums of processors without VNNI, and each kind of processor would err differently.
    quantize_dynamic(folder / "encoder.onnx", folder / "encoder-int8.onnx", weight_type=QuantType.QInt8, per_channel=True,
                     reduce_range=reduce,
                     op_types_to_quantize=["MatMul"], nodes_to_exclude=head_nodes(folder / "encoder.onnx"),
                     extra_options={"MatMulConstBOnly": True})


def head_nodes(path):
    """Names of the matrix products that feed the tag heads: they stay fp32."""
    graph = onnx.load(path).graph
    maker = {name: node for node in graph.node for name in node.output}
    found = []
    for head in ("names", "claims"):
        found += [maker[name].name for name in maker[head].input if name in maker and maker[name].op_type == "MatMul"]
    assert len(found) == 2, found
    return found


def merged(folder):
    """One model of both graphs, so that one file holds everything; each part runs by its own inputs and outputs."""
    encoder, pair = onnx.load(folder / "encoder-int8.onnx"), onnx.load(folder / "pair.onnx")
    pair = onnx.compose.add_prefix(pair, "pair/", rename_inputs=False, rename_outputs=False)
    opset = max(o.version for o in [*encoder.opset_import, *pair.opset_import] if o.domain in ("", "ai.onnx"))
    encoder.ir_version = pair.ir_version = max(encoder.ir_version, pair.ir_version)
    model = onnx.compose.merge_models(encoder, pair, io_map=[])
    for node in model.graph.node:
        node.doc_string = ""
    assert opset >= 17
    return model


def tables(network, lines):
    piece = network.piece.weight.detach().numpy()
    scale = np.abs(piece).max(1) / 127
    rounded = np.round(piece / scale[:, None]).astype(np.int8)
    rest = [t.weight.detach().numpy() for t in (network.position, network.shape, network.quote)]
    head = MAGIC + struct.pack("<5I", len(lines), WIDTH, *(len(t) for t in rest))
    text = "\n".join(lines) + "\n\n" + "".join(f"{a}{b}\n" for a, b in sorted(ACCENTS.items()))
    return head + rounded.tobytes() + b"".join(t.astype("<f4").tobytes() for t in (scale, *rest)) + text.encode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    out, work = Path(args.out), Path(args.run) / "export"
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(exist_ok=True)
    reader = Reader(args.run)
    clip_rows(reader.network)
    export_parts(reader.network, work)
    onnx.save(merged(work), work / "network.onnx")
    # rten reads the weights of its own format where they lie; those of an ONNX file it copies.
    subprocess.run(["rten-convert", work / "network.onnx", out / "network.rten"], check=True)
    (out / "tables.bin").write_bytes(tables(reader.network, reader.pieces.lines))
    for name in ("network.rten", "tables.bin"):
        print(name, (out / name).stat().st_size)


if __name__ == "__main__":
    main()

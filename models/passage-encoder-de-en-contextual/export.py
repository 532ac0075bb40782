"""The trained student as one ONNX file: piece ids of one passage in, its vector out, weights as int8."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional


class Passage(torch.nn.Module):
    """Ids (1, n) to a vector (1, 384) of unit length; piece vectors are int8 rows with a scale each."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        table = model.embeddings.word_embeddings.weight.detach()
        scale = table.abs().amax(dim=1, keepdim=True) / 127
        self.register_buffer("rows", (table / scale.clamp_min(1e-12)).round().to(torch.int8))
        self.register_buffer("scale", scale)
        self.positions = model.embeddings.position_embeddings.weight.detach()
        self.norm = model.embeddings.LayerNorm
        self.layers = model.encoder
        # The plain form of attention: fewer steps for one passage without padding.
        model.config._attn_implementation = "eager"

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the mean of the last layer over all pieces, of unit length."""
        vectors = self.rows[ids].float() * self.scale[ids] + self.positions[: ids.shape[1]]
        states = self.layers(self.norm(vectors), attention_mask=None).last_hidden_state
        return functional.normalize(states.mean(dim=1), dim=1)


def write(model: Any, tokenizer: Tokenizer, out: Path) -> None:
    """Write encoder.onnx and tokenizer.json to the folder `out`.

    Seven bits a weight, so that processors without the newer int8 instructions do not overflow and give
    the same vectors.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    passage = Passage(model.float()).eval()
    length = torch.export.Dim("length", min=2, max=len(passage.positions))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            passage,
            (torch.arange(12).unsqueeze(0),),
            plain,
            input_names=["ids"],
            output_names=["vector"],
            dynamic_shapes={"ids": {1: length}},
            external_data=False,
            dynamo=True,
        )
        quantize_dynamic(
            plain,
            out / "encoder.onnx",
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    kept = onnx.load(out / "encoder.onnx")
    for node in kept.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(kept, out / "encoder.onnx")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)

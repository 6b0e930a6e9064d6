"""Makes tiny.gguf: a language model of one layer with random weights, which says nonsense very quickly.

Run by hand, with gguf and numpy installed: python -m tests.engines.llm.tiny_model tests/engines/llm/tiny.gguf
"""

# mypy: ignore-errors
from __future__ import annotations

import sys

WIDTH, INNER, HEADS, CONTEXT = 32, 64, 2, 4096
TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "


def make(path: str) -> None:
    """Write the model: the smallest llama with a token for every byte."""
    import gguf
    import numpy as np

    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    size = _tokenizer(writer)
    one = np.ones(WIDTH, np.float32)
    shapes = {"token_embd": (size, WIDTH), "output": (size, WIDTH)}
    shapes |= {f"blk.0.attn_{k}": (WIDTH, WIDTH) for k in ("q", "k", "v", "output")}
    shapes |= {"blk.0.ffn_gate": (INNER, WIDTH), "blk.0.ffn_up": (INNER, WIDTH), "blk.0.ffn_down": (WIDTH, INNER)}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", (random.standard_normal(shape) * 0.3).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", one)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _tokenizer(writer) -> int:
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{i:02X}>".encode() for i in range(256)), "▁".encode()]
    tokens += [bytes([c]) for c in range(33, 127)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * 3 + [-100.0] * 256 + [-1.0] * (len(tokens) - 259))
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (len(tokens) - 259))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_vocab_size(len(tokens))
    writer.add_chat_template(TEMPLATE)
    return len(tokens)


if __name__ == "__main__":
    make(sys.argv[1])

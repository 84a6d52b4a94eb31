"""A model of natural-language inference that finds the same in every pair: what labels it has, and how sure it is."""

import math
from collections.abc import Mapping
from pathlib import Path

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"采用跨集群复制不超过秒"]


def write_nli(folder: Path, finds: Mapping[str, float]) -> Path:
    """A BERT of one layer, as a hub would hold it, whose head gives these labels in this order so probable."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        id2label=dict(enumerate(finds)),
        label2id={label: at for at, label in enumerate(finds)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([math.log(share) for share in finds.values()]))
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(folder).save_pretrained(folder)
    return folder

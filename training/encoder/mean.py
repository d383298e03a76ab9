"""The mean of two runs' weights, as a run of its own.

  python mean.py --runs runs/c runs/d --share .6 --out runs/cd      # .4 of the first, .6 of the second

Both must come from one another, so that their weights lie near each other (Wortsman et al. 2022, "Model soups").
"""
import argparse
import shutil
from pathlib import Path

import torch


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", nargs=2, required=True, type=Path)
    parser.add_argument("--share", type=float, default=.5, help="of the second run")
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    first, second = (torch.load(run / "last.pt", weights_only=False) for run in args.runs)
    for name, weights in first["state"].items():
        if weights.is_floating_point():
            first["state"][name] = (1 - args.share) * weights + args.share * second["state"][name]
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(first, args.out / "last.pt")
    shutil.copy(args.runs[1] / "vocabulary.txt", args.out)


if __name__ == "__main__":
    main()

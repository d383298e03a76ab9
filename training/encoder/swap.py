"""Names of a training text put in others' places: what is learned is then where names stand and how they look, not which there are.

Within one text a name is always replaced by the same one, of its own kind: countries by countries, acronyms by acronyms,
families by families ("Ann Lee ... Lee"). Works of art, peoples and events (MISC) stay: their words mean something.
"""
from pathlib import Path

KEPT = {"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"}


class Swap:
    def __init__(self, folder, corpora):
        lists = Path(folder) / "entities/gazetteers"
        read = lambda name: [line for line in (lists / name).read_text(encoding="utf-8").splitlines() if line]
        self.countries, self.cities = read("0country.txt"), read("1city.txt")
        self.first, self.last = read("3first.txt"), read("4last.txt")
        self.known_first, self.known_countries = set(self.first), set(self.countries)
        self.organisations, self.places = {}, []
        seen = set()
        for documents in corpora.values():
            for tokens, kind in (name for d in documents for s in d for name in names(s)):
                if (kind, *tokens) not in seen and written_large(tokens):
                    seen.add((kind, *tokens))
                    if kind == "ORG":
                        self.organisations.setdefault(build(tokens), []).append(tokens)
                    elif kind == "LOC":
                        self.places.append(tokens)

    def document(self, sentences, chance, share):
        """The sentences with about `share` of their names replaced."""
        people, others = {}, {}
        found = sorted((name for s in sentences for name in names(s)), key=lambda name: -len(name[0]))
        for tokens, kind in found:
            key = (kind, *tokens)
            if kind == "MISC" or key in others or not written_large(tokens):
                continue
            if kind == "PER":
                others[key] = self.person(tokens, people, chance, share)
            else:
                new = self.organisation(tokens, chance) if kind == "ORG" else self.place(tokens, chance)
                others[key] = as_large(new, tokens) if chance.random() < share else tokens
        return [replaced(s, others) for s in sentences]

    def person(self, tokens, people, chance, share):
        out = []
        for at, token in enumerate(tokens):
            if token.lower() in KEPT or not token[:1].isupper():
                out.append(token)
                continue
            if token not in people:
                last = at == len(tokens) - 1 if len(tokens) > 1 else token not in self.known_first
                new = f"{chance.choice('ABCDEFGHJKLMNPRSTW')}." if token.endswith(".") else chance.choice(self.last if last else self.first)
                people[token] = as_large([new], [token])[0] if chance.random() < share else token
            out.append(people[token])
        return out

    def organisation(self, tokens, chance):
        return chance.choice(self.organisations[build(tokens)])

    def place(self, tokens, chance):
        if " ".join(tokens) in self.known_countries:
            return chance.choice(self.countries).split(" ")
        return chance.choice(self.cities).split(" ") if chance.random() < .4 else chance.choice(self.places)


def names(sentence):
    """[(tokens, kind)] of a sentence of (token, label)."""
    out = []
    for token, label in sentence:
        if label[0] == "B":
            out.append(([token], label[2:]))
        elif label[0] == "I" and out:
            out[-1][0].append(token)
    return out


def written_large(tokens):
    return tokens[0][:1].isupper() and all(t[0].isalnum() or t in {"-", "&", "'s", "."} for t in tokens)


def build(tokens):
    """What only a name of the same build may stand for: an acronym, a word, words."""
    return "words" if len(tokens) > 1 else "acronym" if tokens[0].isupper() else "word"


def as_large(new, old):
    """In capitals when the old name was in capitals and is no acronym."""
    return [t.upper() for t in new] if all(t.isupper() and len(t) > 4 for t in old) else new


def replaced(sentence, others):
    out, at = [], 0
    while at < len(sentence):
        token, label = sentence[at]
        end = at + 1
        if label[0] == "B":
            while end < len(sentence) and sentence[end][1][0] == "I":
                end += 1
            kind = label[2:]
            tokens = [t for t, _ in sentence[at:end]]
            new = others.get((kind, *tokens), tokens)
            out += [(t, f"{'I' if i else 'B'}-{kind}") for i, t in enumerate(new)]
        else:
            out.append((token, label))
        at = end
    return out

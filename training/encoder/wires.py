"""Result lines, datelines and capital headlines as news agencies send them, filled with names from the gazetteers.

No corpus here has the genre; the patterns were written for this project, from what such lines look like anywhere.
`{P}` a person, `{F}` family name, `{C}` country, `{T}` town, `{t}` a team called by its town, `{M}` a team with a club
name, `{N}` people of a country (a MISC), `{n}` a number, `{s}` a score, `{d}` a date.
"""
import random
from pathlib import Path

from sources import Labelled, NAME_ID
from words import read_words

PATTERNS = """
{P} ({C}) beat {P} ({C}) {s} {s}
{P} ({C}) beat {n}-{P} ({C}) {s} {s} {s}
{n}. {P} ({C}) {n}.{n} seconds
{n}. {P} ({C}) {M} {n} points
{n} {P} ({C}) {n}:{n}.{n}
{n}. {P} , {C} , {n}
{t} {n} {t} {n}
{M} {n} {M} {n}
{M} {n} , {t} {n}
{t} at {t}
{t} AT {t}
{C} {n} {C} {n}
{C} beat {C} {n}-{n} ( halftime {n}-{n} ) in a qualifier on {d} .
{T} , {C} {d}
{T} ( {C} ) , {d}
{T} {d}
{T} , {d}
Scorers : {F} ( {n} ) , {F} ( {n} ) , {F} ( {n} ) .
Scorers:
{C} - {P} , {P} ( {F} {n} ) , {F} , {F} , {P} .
{M} : {F} {n} , {F} {n} , {F} {n} .
In {T} : {t} {n} {t} {n}
At {T} : {C} {n} - {C} {n}
{t} {n} {n} {n} {n} {n} {n}
{M} {n} {n} {n} {n} {n} {n}
{C} {n} {n} {n} {n} {n}
{P} c {F} b {F} {n}
{F} lbw b {F} {n}
Bowling : {F} {n}-{n}-{n}-{n} , {F} {n}-{n}-{n}-{n}
Men 's {n} metres : {n}. {P} ( {C} ) {n} , {n}. {P} ( {C} ) {n}
Women 's singles , second round
EASTERN DIVISION
Standings ( tabulate under won , drawn , lost , points ) :
{M} striker {P} scored twice as {t} beat {M} {n}-{n} on {d} .
{P} of {C} won the {T} Open on {d} , beating {N} {F} {s} {s} .
{t} coach {P} said {F} would miss the trip to {t} .
The {N} champion , {P} , lost to {N} {P} .
{t} - {P} signed from {M} on loan .
{T} , {d} - {C} said on {d} it would talk to {C} .
{T} ( Agency ) - {P} , the {N} minister , met {P} in {T} .
{N} stocks closed higher in {T} on {d} .
{C} and {C} drew {n}-{n} in {T} on {d} .
{P} , {C}
{P} ( {C} )
{M} - {P} , {P} , {P} .
"""
CLUBS = ("{0} United", "{0} City", "{0} Rovers", "{0} Town", "FC {0}", "Real {0}", "Sporting {0}", "{0} Athletic",
         "{0} Wanderers", "Dynamo {0}", "{0} Rangers", "{0} Tigers", "{0} Lions", "{0} Bears", "{0} Hawks", "{0} Stars",
         "AC {0}", "{0} FC", "{0} Kings", "{0} Giants")
TOWNS = """Chicago Boston Detroit Cleveland Houston Dallas Denver Seattle Pittsburgh Philadelphia Baltimore Milwaukee Atlanta
Miami Toronto Montreal Phoenix Sacramento Portland Orlando Cincinnati Minnesota Oakland Tampa Calgary Edmonton Ottawa
Vancouver Buffalo Indiana Utah Liverpool Arsenal Chelsea Everton Leeds Southampton Coventry Sunderland Blackburn Middlesbrough
Newcastle Derby Leicester Wimbledon Barcelona Valencia Sevilla Madrid Milan Roma Parma Napoli Lazio Juventus Ajax Feyenoord
Benfica Porto Celtic Aberdeen Hibernian Motherwell Bordeaux Lyon Marseille Monaco Nantes Lille Metz Bayern Dortmund
Hamburg Cologne Stuttgart Leverkusen Surrey Kent Essex Yorkshire Lancashire Durham Sussex Warwickshire Glamorgan""".split()
PEOPLES = """Australian British French German Italian Spanish Dutch Swedish American Russian Japanese Chinese Indian Brazilian Swiss
Belgian Danish Polish Czech Croatian Israeli Turkish Iraqi Iranian Pakistani Nigerian Kenyan Canadian Mexican Argentine
Colombian Portuguese Greek Irish Scottish Welsh Austrian Norwegian Finnish Ukrainian Romanian Serbian Korean Thai""".split()
COMMON = """Germany France Italy Spain England Scotland Wales Ireland Australia Japan China India Pakistan Brazil Argentina U.S. Britain
Russia Sweden Norway Denmark Finland Netherlands Belgium Switzerland Austria Poland Romania Bulgaria Hungary Ukraine Croatia
Yugoslavia Slovakia Turkey Iran Iraq Syria Kuwait Israel Egypt Morocco Nigeria Kenya Ethiopia Cameroon Zimbabwe Mexico Canada
Cuba Jamaica Colombia Chile Peru Ecuador Uzbekistan Kazakhstan Indonesia Malaysia Thailand""".split()
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Wires:
    def __init__(self, folder, seed):
        self.chance = random.Random(seed)
        lists = Path(folder) / "entities/gazetteers"
        read = lambda name: [w for w in (lists / name).read_text(encoding="utf-8").splitlines() if w]
        self.countries, self.cities = read("0country.txt"), [c for c in read("1city.txt") if c.isascii()]
        self.first, self.last = read("3first.txt"), read("4last.txt")
        self.patterns = [line.split(" ") for line in PATTERNS.strip().split("\n")]

    def value(self, key):
        """What stands in for a key of a pattern: (text, label or None)."""
        pick, number = self.chance.choice, self.chance.randint
        if key == "P":
            first = pick(self.first) if number(0, 5) else pick("ABCDEFGHJKLMNPRSTW") + "."
            return f"{first} {pick(self.last)}", "PER"
        if key == "C":
            return (pick(COMMON) if number(0, 2) else pick(self.countries)), "LOC"
        if key == "M":
            return pick(CLUBS).format(pick(TOWNS) if number(0, 2) else pick(self.cities)), "ORG"
        if key == "d":
            return pick((f"{number(1990, 2026)}-{number(1, 12):02}-{number(1, 28):02}", pick(DAYS),
                         f"{pick(MONTHS)} {number(1, 31)}")), None
        plain = {"F": (self.last, "PER"), "T": (self.cities, "LOC"), "t": (TOWNS, "ORG"), "N": (PEOPLES, "MISC")}
        if key in plain:
            values, label = plain[key]
            return pick(values), label
        return (f"{number(0, 7)}-{number(0, 7)}" if key == "s" else str(number(0, 99))), None

    def line(self):
        """(text, [(start, end, type)])"""
        text, spans = "", []
        for part in self.chance.choice(self.patterns):
            text += " " if text else ""
            rest = part
            while "{" in rest:
                before, _, rest = rest.partition("{")
                filled, label = self.value(rest[0])
                text, rest = text + before, rest[2:]
                if label:
                    spans.append((len(text), len(text) + len(filled), label))
                text += filled
            text += rest
        if self.chance.random() < .5:
            return text, spans
        return self.tight(text, spans)

    @staticmethod
    def tight(text, spans):
        """Without the spaces before , . ) : and after (."""
        keep = [not (c == " " and (text[i + 1:i + 2] in tuple(",.):") or text[i - 1:i] == "(")) for i, c in enumerate(text)]
        moved = [0]
        for k in keep:
            moved.append(moved[-1] + k)
        return ("".join(c for c, k in zip(text, keep) if k), [(moved[a], moved[b], t) for a, b, t in spans])

    def sheet(self):
        """A few lines, often of one pattern, as one names text."""
        text, spans = "", []
        patterns = self.patterns
        if self.chance.random() < .6:
            self.patterns = self.chance.sample(patterns, self.chance.choice((1, 2)))
        for _ in range(self.chance.randint(2, 8)):
            line, found = self.line()
            text += "\n" if text else ""
            spans += [(a + len(text), b + len(text), t) for a, b, t in found]
            text += line
        self.patterns = patterns
        words, labels, at = read_words(text), [], 0
        for start in words.start:
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            held = at < len(spans) and spans[at][0] <= start
            labels.append(NAME_ID[("B-" if start == spans[at][0] else "I-") + spans[at][2]] if held else 0)
        return Labelled(words, labels, True, .7)

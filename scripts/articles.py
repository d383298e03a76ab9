"""Writes articles of made-up news as JSONL, 60 to 100 words each, no two alike: what batches are measured with. The same seed gives the same
articles. Usage: articles.py COUNT [SEED] > articles.jsonl"""
import datetime
import json
import random
import sys

FIRST = "Ada Bo Ines Tomas Ruth Omar Lena Viktor Priya Samuel Noor Greta Hugo Amina Felix Clara Jonas Mei Pedro Wanda".split()
LAST = "Moreau Lindqvist Okafor Berg Tanaka Silva Novak Hallam Osei Brandt Castell Dufour Varga Quist Romero Adeyemi Sorel Winther".split()
PLACES = "Lindsund Harrowgate Port-Elis Kestrel-Bay Norrvik Ostmark Vallon Tarnby Quayside Melford".split()
BODIES = ["the harbour board", "the county council", "Nordline Freight", "the teachers' union", "Halden Steel", "the ferry operator",
          "the water authority", "Orchard Bank", "the port police", "the ministry of works", "Tern Lines", "the regional court"]
ROLES = ["spokeswoman", "spokesman", "chair", "director", "clerk", "lawyer", "chief engineer"]
SAY = ["said", "confirmed", "denied", "warned", "announced", "argued", "told reporters"]
DEEDS = ["the levy on freight would be dropped", "two cranes had been sold abroad", "talks broke down in March", "the tariff stays until 2031",
         "no one was told of the leak", "the bridge will open in May", "the strike cost 40 million crowns", "the contract had been signed last year",
         "prices rose by 3 percent", "the inquiry found no wrongdoing", "the new pier needs another survey", "the night service will end in June"]
QUOTES = ["We were never asked", "That money is gone", "Nobody wants to wait another winter", "The figures speak for themselves",
          "I read about it in the paper", "We will appeal", "It has to stop", "This is what the survey told us years ago"]
SCENES = ["Dozens of drivers waited outside the hall.", "The meeting lasted six hours.", "Shares fell after the news.",
          "The plan goes back to 2024.", "A decision is expected next week.", "Rain kept most people at home.", "The case began in 2019."]


def article(number, chance):
    day = datetime.date(2030, 1, 1) + datetime.timedelta(days=number % 700)
    place = chance.choice(PLACES).replace("-", " ")
    (one, two), body, other = people(chance), *chance.sample(BODIES, 2)
    deeds = chance.sample(DEEDS, 3)
    paragraphs = [
        f"{place.upper()}, {day:%b} {day.day} - {one}, {chance.choice(ROLES)} of {body}, {chance.choice(SAY)} on {day:%A} that {deeds[0]}.",
        f"“{chance.choice(QUOTES)},” {one.split()[1]} said. {chance.choice(SCENES)}",
        f"According to {two}, a {chance.choice(ROLES)} for {other}, {deeds[1]}. {chance.choice(SCENES)}",
        f"Two officials, who asked not to be named, {chance.choice(['said', 'claimed'])} that {deeds[2]}.",
    ]
    if chance.random() < 0.5:
        paragraphs.append(f"{two.split()[1]} {chance.choice(SAY[:4])} that {chance.choice(DEEDS)}. “{chance.choice(QUOTES)},” the {chance.choice(ROLES)} added.")
    text = "\n\n".join(paragraphs)
    return {"id": f"a{number}", "published": day.isoformat(), "title": f"{place}: {deeds[0]}", "text": text}


def people(chance):
    return [f"{first} {last}" for first, last in zip(chance.sample(FIRST, 2), chance.sample(LAST, 2))]


def main(count, seed=7):
    chance = random.Random(int(seed))
    for number in range(int(count)):
        print(json.dumps(article(number, chance), ensure_ascii=False))


main(*sys.argv[1:])

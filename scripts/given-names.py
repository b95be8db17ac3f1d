#!/usr/bin/env python3
"""Makes rules/lists/given-names.txt: given names of many countries, an equal number from each.

    python3 -m venv .venv && .venv/bin/pip install faker==40.63.0 unidecode
    .venv/bin/python scripts/given-names.py > rules/lists/given-names.txt

The list only answers whether a mail address or handle bears a person's name at all, before that name is compared
with the person's own; every country has the same share so that no origin is compared more often than another.
Names are those of the package Faker (MIT).
"""

import hashlib
import importlib
import pkgutil
import re
import sys

import faker.providers.person as person
from unidecode import unidecode

PER_LOCALE = 300
# Scripts that the transliteration reads well; names in others come from locales that write them in Latin letters.
READABLE = re.compile(r"[\u0000-\u052f\u0530-\u058f\u10a0-\u10ff\u1e00-\u1fff\u3040-\u30ff]+")
# Given names that are words of handles too.
WORDS = set(
    "dev star sky angel rose ray art mark max pro sun moon king queen hope joy faith grace summer rain river forest "
    "ocean sea light dream love happy lucky king prince princess april may june august bill will rich page case code "
    "lone wolf silent team data tech job jobs work mail info news web shop store art music dan ace neo zen ice fire dash echo".split()
)


def names(provider):
    for attribute in dir(provider):
        if not (attribute.startswith("first_") and "name" in attribute) or callable(getattr(provider, attribute)):
            continue
        values = getattr(provider, attribute)
        for value in [] if isinstance(values, property) else values:
            yield from (value if isinstance(value, (tuple, list)) else [value])


def main():
    kept = set()
    for module in pkgutil.iter_modules(person.__path__):
        if not module.ispkg:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        found = set()
        for name in names(provider):
            if isinstance(name, str) and READABLE.fullmatch(name):
                folded = unidecode(name).lower().replace("'", "")
                if re.fullmatch(r"[a-z]{3,}", folded) and folded not in WORDS:
                    found.add(folded)
        kept.update(sorted(found, key=lambda name: hashlib.sha256(name.encode()).digest())[:PER_LOCALE])
    print("# Given names, folded; they say only that a mail address or handle bears a person's name.")
    print("# Made by scripts/given-names.py, an equal number for each country; do not edit by hand. Source: Faker (MIT).")
    for name in sorted(kept):
        print(name)


if __name__ == "__main__":
    sys.exit(main())

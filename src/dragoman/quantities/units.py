"""What is counted: which nouns are people, goods, money or time."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["people", "money", "items", "duration", "other"]

PEOPLE = frozenset(
    """people person persons civilian civilians soldier soldiers troops troop serviceman servicemen
    servicewomen servicemembers personnel militant militants fighter fighters terrorist terrorists man
    men woman women child children officer officers prisoner prisoners hostage hostages worker workers
    refugee refugees migrant migrants citizen citizens resident residents inhabitant inhabitants
    protester protesters demonstrator demonstrators student students journalist journalists reporter
    reporters victim victims passenger passengers sailor sailors pilot pilots police policeman policemen
    official officials diplomat diplomats delegate delegates member members lawmaker lawmakers deputy
    deputies family families household households expert experts specialist specialists recruit recruits
    conscript conscripts mercenary mercenaries volunteer volunteers casualty casualties wounded dead
    killed other others detainee detainees captive captives pow pows doctor doctors medic medics patient
    patients insurgent insurgents rebel rebels gunman gunmen national nationals athlete athletes teacher
    teachers farmer farmers peasant peasants activist activists lawyer lawyers relative relatives guest
    guests participant participants settler settlers marine marines guard guards commander commanders
    general generals representative representatives employee employees staff spy spies agent agents
    engineer engineers crew crewmen adult adults boy boys girl girls infant infants witness witnesses
    suspect suspects criminal criminals voter voters supporter supporters driver drivers veteran
    veterans invader invaders defendant defendants orphan orphans pupil pupils youth youths teenager
    teenagers elder elders attacker attackers assailant assailants bomber bombers instructor instructors
    adviser advisers advisor advisors paratrooper paratroopers reservist reservists serviceperson
    fatality fatalities death deaths injury injuries observer observers peacekeeper peacekeepers monitor
    monitors inspector inspectors operative operatives leader leaders minister ministers president
    presidents senator senators judge judges prosecutor prosecutors politician politicians dissident
    dissidents tourist tourists evacuee evacuees migrant returnees asylum-seekers immigrants user users
    scientist scientists technician technicians artist artists actor actors dancer dancers builder
    builders compatriots foreigners defectors deserters separatists jihadists commandos mps pows idps
    rescuers firefighters fishermen inmates cadets gangsters smugglers traffickers pilgrims worshippers
    graduates delegates orphans bodies body individual individuals human humans soul souls life lives
    population signatories contributors donors nurse nurses trainer trainers priest priests monk monks nun nuns
    comrade comrades bishop bishops imam imams cleric clerics clerk clerks cook cooks sergeant sergeants captain captains colonel
    colonels envoy envoys consul consuls""".split()
)
ITEMS = frozenset(
    """lorry lorries van vans jeep jeeps
    tank tanks missile missiles drone drones rocket rockets shell shells round rounds aircraft plane
    planes jet jets airplane airplanes helicopter helicopters ship ships vessel vessels boat boats
    submarine submarines tanker tankers truck trucks vehicle vehicles system systems launcher launchers
    howitzer howitzers gun guns rifle rifles pistol pistols weapon weapons bomb bombs mine mines
    munition munitions ammunition uav uavs container containers car cars house houses building buildings
    home homes balloon balloons barrel barrels warhead warheads projectile projectiles warship warships
    frigate frigates destroyer destroyers carrier carriers satellite satellites grenade grenades mortar
    mortars cannon cannons cartridge cartridges bullet bullets radar radars fighter-jets bomber-jets
    interceptor interceptors battery batteries generator generators transformer transformers parcel
    parcels package packages kit kits dose doses vaccine vaccines bag bags box boxes tent tents medicine
    medicines hardware equipment cargo cargoes piece pieces bus buses ambulance ambulances wagon wagons
    train trains carriage locomotives motorcycle motorcycles school schools hospital hospitals apartment
    apartments tunnel tunnels bridge bridges depot depots warehouse warehouses facility facilities
    outpost outposts body-armour vest vests helmet helmets uavs ucavs crafts craft icbm icbms torpedo
    torpedoes explosive explosives device devices quadcopter quadcopters copter copters chopper choppers
    freighter freighters ferry ferries excavator excavators bulldozer bulldozers tractor tractors
    computer computers telephone phones flag flags book books leaflet leaflets letter letters passport
    passports oil grain food goods copies copy unit units apc apcs ifv ifvs himars mlrs abrams javelins
    stingers supplies arms cutter cutters trawler trawlers cruiser cruisers minesweeper minesweepers icebreaker
    icebreakers speedboat speedboats dinghy dinghies barge barges yacht yachts dhow dhows terminal terminals pillar
    pillars bank banks firm firms site sites accord accords stove stoves bed beds engine engines office offices product
    products account accounts entity entities loudspeaker loudspeakers statue statues monument monuments tyre tyres tire tires""".split()
)
DURATION = {
    "second": 1, "minute": 1, "hour": 1, "day": 1, "night": 1, "week": 1, "fortnight": 1, "month": 1, "year": 1,
    "decade": 10, "century": 100, "centurie": 100,
}  # fmt: skip
"""Time units; decades and centuries are told in years, as coders do."""
MEASURES = frozenset(
    """ton tons tonne tonnes kilogram kilograms kg gram grams litre litres liter liters barrel barrels
    gallon gallons piece pieces box boxes bag bags set sets batch batches consignment consignments
    truckload truckloads package packages round rounds parcel parcels container containers cubic bushel
    bushels copies unit units shipments""".split()
)
"""Measures that go on with "of": barrels of oil."""
DISTANCES = {
    "km": "km", "kilometer": "km", "kilometre": "km", "mile": "miles", "meter": "metres", "metre": "metres",
    "hectare": "hectares", "acre": "acres", "percent": "percent", "ton": "tonnes", "tonne": "tonnes",
    "kilogram": "kg", "kg": "kg", "foot": "feet", "feet": "feet", "time": "times",
}  # fmt: skip
PARTIES = frozenset(
    """country countries side sides nation nations leader leaders president presidents minister ministers
    party parties state states peoples government governments koreas power powers capital capitals
    neighbor neighbors neighbour neighbours ally allies delegation delegations diplomat diplomats
    counterpart counterparts army armies superpower superpowers bloc blocs head heads republic republics
    chief chiefs community communities partner partners politician politicians figure figures entity
    entities continent continents monarchy monarchies kingdom kingdoms land lands""".split()
)
"""Whom "two" and "three" count as parties of the act, not as its size."""
IRREGULAR = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "serviceman": "servicemen",
    "policeman": "policemen", "gunman": "gunmen", "body": "bodies", "life": "lives", "foot": "feet",
    "aircraft": "aircraft", "personnel": "personnel", "police": "police", "staff": "staff", "crew": "crew",
    "troop": "troops", "people": "people",
    "hardware": "hardware", "equipment": "equipment", "oil": "oil", "food": "food", "grain": "grain", "fuel": "fuel",
    "armor": "armor", "armour": "armour", "aid": "aid", "rice": "rice", "sheep": "sheep", "wheat": "wheat",
    "gas": "gas", "money": "money", "ammunition": "ammunition", "cash": "cash", "gold": "gold", "ordnance": "ordnance",
}  # fmt: skip
PLURALS = frozenset(IRREGULAR.values()) | {
    "troops",
    "dead",
    "wounded",
    "others",
    "cattle",
    "ammunition",
    "himars",
    "series",
}
_WHO = re.compile(r"(?:ers|ors|ists|ants|ees|ians|men|women|guerrillas|cops|kids|lads|youngsters)$")
_NOT_WHO = frozenset(
    """numbers orders borders papers letters powers quarters matters sectors factors errors servers centers
    chapters corners waters rivers towers layers dollars degrees committees fees trees plants grants
    restaurants offers registers chambers barriers shelters headquarters tenders parameters indicators
    reactors corridors doors colors colours motors mirrors floors processors conductors acres trailers
    boilers boulders elevators routers scanners sensors detectors engines tractors helicopters disasters
    posters covers answers stickers filters meters metres litres liters theaters theatres
    offers clusters crossers cancers transfers encounters characters newspapers headers folders banners
    flyers prayers errors variants warrants currants pennants jeers cheers""".split()
)
"""Words that end like people and are none."""
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|['’]s)$")
_NATION = re.compile(r"[A-Z][a-z]+(?:ans|ians|ers|is|ese|ish|ns|ks|ds|ts|bs|es)$")


def is_plural(word: str) -> bool:
    low = word.lower()
    return low in PLURALS or (len(low) > 2 and low.endswith("s") and not _NOT_PLURAL.search(low))


def make_plural(word: str) -> str:
    """``tanker`` → ``tankers``; words that are plural stay."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    if is_plural(low) or low in PEOPLE & {"dead", "wounded", "killed"}:
        return low
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return low[:-1] + "ies"
    return low + ("es" if low.endswith(("s", "x", "ch", "sh")) else "s")


def get_singular(word: str) -> str:
    low = word.lower()
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if low.endswith(ending) and not low.endswith("ss"):
            return low.removesuffix(ending) + instead
    return low


def get_kind(noun: str, goods: bool) -> Kind:
    """The kind of what is counted; a measure of goods ("tonnes of rice") counts as items.

    Args:
        noun: The head noun as the text has it.
        goods: Whether "of" and a noun follow a measure.
    """
    low = noun.lower()
    if get_singular(low) in DURATION:
        return "duration"
    if goods:
        return "items"
    if low in ITEMS or get_singular(low) in ITEMS:
        return "items"
    who = _WHO.search(low) and low not in _NOT_WHO
    return "people" if low in PEOPLE or get_singular(low) in PEOPLE or who or _NATION.match(noun) else "other"

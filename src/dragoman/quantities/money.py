"""Sums of money and their currency, ISO 4217."""

from __future__ import annotations

import re

from dragoman.quantities.numbers import REACH, Number

_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₪": "ILS", "₹": "INR",
    "₺": "TRY", "₫": "VND", "₸": "KZT", "₦": "NGN", "₱": "PHP",
}  # fmt: skip
_BEFORE_DOLLAR = {
    "us": "USD", "u.s.": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD", "ca": "CAD", "can": "CAD",
    "hk": "HKD", "nz": "NZD", "s": "SGD", "nt": "TWD", "cn": "CNY", "r": "BRL", "mx": "MXN", "usd": "USD",
}  # fmt: skip
_NAMES = (
    (r"(?:US|U\.S\.|American) dollars?", "USD"), (r"Australian dollars?", "AUD"), (r"Canadian dollars?", "CAD"),
    (r"Hong Kong dollars?", "HKD"), (r"New Zealand dollars?", "NZD"), (r"Singapore dollars?", "SGD"),
    (r"(?:New )?Taiwan dollars?", "TWD"), (r"dollars?|bucks", "USD"), (r"euros?", "EUR"),
    (r"(?:British )?pounds? sterling|British pounds?|pounds(?! of)", "GBP"),
    (r"(?:Russian )?(?:rubles?|roubles?)", "RUB"), (r"Belarusian rubles?", "BYN"), (r"(?:Chinese )?yuan|"
                                                                                    r"renminbi", "CNY"),
    (r"(?:Japanese )?yen", "JPY"), (r"(?:South Korean )?won(?! (?:by|the|over))", "KRW"),
    (r"(?:Ukrainian )?hryv[nн]i?as?", "UAH"),
    (r"(?:new )?(?:Israeli )?shekels?", "ILS"), (r"(?:Indian )?rupees?", "INR"), (r"Pakistani rupees?", "PKR"),
    (r"(?:Turkish )?liras?", "TRY"), (r"Syrian (?:pounds?|liras?)", "SYP"), (r"Swiss francs?", "CHF"),
    (r"(?:Polish )?(?:zloty|zlotys|zlotych)", "PLN"), (r"Swedish (?:kronor|krona|kroner)", "SEK"),
    (r"Norwegian (?:kroner|krone|krona)", "NOK"), (r"Danish (?:kroner|krone)", "DKK"),
    (r"(?:Czech )?(?:korunas?|crowns)", "CZK"), (r"(?:Hungarian )?forints?", "HUF"), (r"(?:Kazakh )?tenge", "KZT"),
    (r"(?:Iranian )?rials?", "IRR"), (r"(?:Saudi )?riyals?", "SAR"), (r"(?:Emirati |UAE )?dirhams?", "AED"),
    (r"Iraqi dinars?", "IQD"), (r"Kuwaiti dinars?", "KWD"), (r"Egyptian pounds?", "EGP"), (r"naira", "NGN"),
    (r"(?:South African )?rand", "ZAR"), (r"(?:Brazilian )?reais", "BRL"), (r"Mexican pesos?", "MXN"), (r"baht", "THB"),
    (r"(?:Indonesian )?rupiahs?", "IDR"), (r"ringgits?", "MYR"),
    (r"pesos|francs|dinars", "XXX"),
    (r"(?:USD|EUR|GBP|RUB|CNY|JPY|KRW|UAH|ILS|INR|CHF|AUD|CAD|PLN|TRY|RMB)(?![A-Z])", ""),
)  # fmt: skip
_AFTER = tuple((re.compile(rf"[ -]?(?:in |worth of )?(?P<name>{name})\b"), code) for name, code in _NAMES)
_SIGN_BEFORE = re.compile(
    r"(?:\b(?P<prefix>U\.S\.|US|AUD?|CAN?|C|A|HK|NZ|S|NT|CN|R|MX|USD)[ ]?)?(?P<sign>[$€£¥₽₴₩₪₹₺₫₸₦₱])[ ]?$"
)
_CODE_BEFORE = re.compile(r"\b(?P<code>USD|EUR|GBP|RUB|CNY|JPY|KRW|UAH|ILS|INR|CHF|AUD|CAD|PLN|RMB|Rs\.?)[ ]?$")
_SIGN_AFTER = re.compile(r"[ ]?(?P<sign>[€£₽₴₩₪])|(?P<dollar>\$)(?!\d)")
_SCALE_AFTER = re.compile(r"[ -]?(?:million|billion|trillion|mln|bln|bn|mn|[mb]\b)")


def find_money(text: str, number: Number) -> tuple[int, int, str] | None:
    """Start, end and currency of the sum that a number tells, if it tells one."""
    before = _SIGN_BEFORE.search(text, max(0, number.first - REACH), number.first)
    if before:
        return before.start(), number.end, _read_sign(before)
    code = _CODE_BEFORE.search(text, max(0, number.first - REACH), number.first)
    if code:
        return code.start(), number.end, _read_code(code["code"])
    after = _SIGN_AFTER.match(text, number.end)
    if after:
        return number.start, after.end(), _SIGNS[after["sign"] or "$"]
    for pattern, currency in _AFTER:
        hit = pattern.match(text, number.end)
        if hit:
            return number.start, hit.end(), currency or _read_code(hit["name"])
    return None


def _read_sign(hit: re.Match[str]) -> str:
    if hit["sign"] != "$" or not hit["prefix"]:
        return _SIGNS[hit["sign"]]
    return _BEFORE_DOLLAR.get(hit["prefix"].lower(), "USD")


def _read_code(code: str) -> str:
    return {"RMB": "CNY", "Rs": "INR", "Rs.": "INR"}.get(code, code)

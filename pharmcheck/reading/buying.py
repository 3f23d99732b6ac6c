"""Words with which spam calls to buy, and words of sale that stand in an article as well."""

from __future__ import annotations

import re

from pharmcheck.reading.anycase import AnyCase

# To buy, cheap, without prescription: what only a call to buy says.
CALL = AnyCase(
    r"\b(?:buy|order|purchase|cheap(?:est)?|for sale|on sale|discount(?:ed|s)?|overnight|no (?:rx|script|prescription)|"
    r"without (?:a |any |dr |doctor )?(?:rx|script|prescription)|shop now|save up to|"
    r"i sell|selling|vendor|restocked?|hmu|dm me|pm me|text me|hit me up|"
    r"verkaufe|versende|verkauf|vends|vendons|expédi(?:e|ons)|vendo|vendemos|envío|envio|spedisco|verkoop|verstuur|lever(?:en)?|"
    r"sprzedam|wysyłam|prodám|posílám|säljer|sælger|selger|myydään|eladó|vând|πωλ\w+|satılık|продам|продаю|отправ(?:лю|ляю)|продаємо|"
    r"kaufen|bestellen|rezeptfrei\w*|ohne rezept|billig\w*|günstig\w*|"
    r"achat|acheter|achetez|commander|vente|sans ordonnance|pas cher|"
    r"comprar|compra|venta|pedir|sin receta|barat[oa]s?|"
    r"acquist\w*|compra(?:re)?|vendita|senza ricetta|economic[oa]|"
    r"venda|sem receita|kopen|bestel|zonder recept|goedkoop|köpa?|receptfri\w*|utan recept|købe?|kjøpe?|uten resept|uden recept|"
    r"kup(?:ić|uj)?|bez recepty|sprzedaż|koupit|bez předpisu|prodej|levně|купить|заказать|без рецепта|недорого|продажа|"
    r"شراء|للبيع|بيع|اشتري|satın al|sipariş|reçetesiz)\b|通販|購入|個人輸入|处方药购买",
)
# Words that stand in an article as often as in a call to buy.
TALK = AnyCase(
    r"\b(?:online|on line|generic\w*|price|prices|pricing|cost|costs|coupons?|sale|pills?|tablets?|tabs|mg|pharmacy|pharmacies|"
    r"drugstore|canad\w*|india|brand|shop|store|prescription|script|delivery|shipping|where|best|top|get|usa|uk|review|reviews|"
    r"over the counter|otc|generika|preis|apotheke|prix|générique|pharmacie|en ligne|precios?|genéric\w*|farmacias?|prezzo|"
    r"preço|prijs|apotheek|pris|cena|tanio|цена|аптека|таблетки)\b",
)
_STOP = re.compile(
    r"(?:an?|and|at|by|can|do|for|from|how|i|in|is|my|no|now|of|on|or|the|to|up|with|you|your|des?|du|en|et|l[ae]?s?|une?|para|por|el|los|"
    r"sin|d[ai]|il|per|con|der|die|das|ein|für|im|mit|ohne|rezept|och|op|van|voor|met|w|z|na|s)"
)
_TOKEN = re.compile(r"[^\W\d_]+")


def is_keywords(anchor: str, names: int) -> bool:
    """True when linked words are but keywords: `names` of them are medicines, and hardly one is of another kind."""
    words = [w for w in _TOKEN.findall(anchor.lower()) if not _STOP.fullmatch(w)]
    if not names or len(words) > 12:
        return False
    sold = sum(len(_TOKEN.findall(words)) for shape in (CALL, TALK) for words in shape.all_in(anchor))
    return names + sold >= 0.65 * len(words)

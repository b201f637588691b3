"""Which language a text is in: by its script, and within a script by the small words that no text can do without."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from samizdat.importers.plain.capture import stream_safe

_SAMPLE = 60_000
_FEWEST_WORDS = 20

_LETTERS = (
    # Each script: how its letters are matched, and the languages that share it; the first is taken where no words decide.
    (r"[\u3040-\u30ff]", ("ja",)),
    (r"[\uac00-\ud7af]", ("ko",)),
    (r"[\u4e00-\u9fff]", ("zh",)),
    (r"[\u0e00-\u0e7f]", ("th",)),
    (r"[\u0e80-\u0eff]", ("lo",)),
    (r"[\u1780-\u17ff]", ("km",)),
    (r"[\u1000-\u109f]", ("my",)),
    (r"[\u0f00-\u0fff]", ("bo",)),
    (r"[\u0b80-\u0bff]", ("ta",)),
    (r"[\u0c00-\u0c7f]", ("te",)),
    (r"[\u0c80-\u0cff]", ("kn",)),
    (r"[\u0d00-\u0d7f]", ("ml",)),
    (r"[\u0980-\u09ff]", ("bn",)),
    (r"[\u0a80-\u0aff]", ("gu",)),
    (r"[\u0a00-\u0a7f]", ("pa",)),
    (r"[\u0900-\u097f]", ("hi", "mr", "ne")),
    (r"[\u1200-\u137f]", ("am",)),
    (r"[\u0530-\u058f]", ("hy",)),
    (r"[\u10a0-\u10ff]", ("ka",)),
    (r"[\u0590-\u05ff]", ("he", "yi")),
    (r"[\u0600-\u06ff]", ("ar", "fa", "ur")),
    (r"[\u0370-\u03ff\u1f00-\u1fff]", ("el",)),
    (r"[\u0400-\u04ff]", ("ru", "uk", "bg", "sr")),
)

_SMALL_WORDS = {
    "en": "the of and to in that is was he for it with as his on be at by i this had not are but from or have an they which you"
    " were her she we there their been has when who will no more if out so what",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat daß"
    " dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis ich",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec mais comme ou si"
    " leur on cette ses son je nous était elle aux lui ces tout été sans d'un où",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este"
    " ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está",
    "it": "di e il la che in a per un del non è una i le con si da della sono al come dei più gli ha nel alla lo ma anche delle"
    " se o dal era suo su ci questo cui nella essere loro",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser"
    " quando muito há nos já está eu também só pelo pela até isso",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er die hij om ook als dan maar bij nog uit door ze naar over"
    " heeft was zich deze wordt of kan worden werd haar tot wel je",
    "da": "og i at det er en til af på for med som de den der har et ikke var jeg han men om vi fra sig kan så da efter blev hun"
    " være også havde skulle hvor eller mod meget nu",
    "nb": "og i det er en på til som av for at med de den ikke har et jeg han var om men vi fra seg kan så da etter ble hun være"
    " også hadde skulle hvor eller mot mye nå ham",
    "sv": "och i att det som en på är av för med den till de inte han har om ett jag var men sig från vi så kan när efter hon"
    " skulle också hade eller mot mycket nu vara blev honom",
    "fi": "ja on ei se että hän oli joka mutta ovat kun tai niin kuin myös en mitä sen ole jos hänen vain olla nyt ne minä siitä"
    " sitten vielä mukaan jo sitä tämä sekä joita jokaisella",
    "pl": "i w na z do się nie że to jest o a jak po co tak za od ale czy przez dla przy może już być ma tego był ich lub oraz"
    " który tym było jego każdy prawo jako",
    "cs": "a v se na je že s z do o i to jako za by ale po pro od které který jsou byl tak jeho nebo když aby už má také byla"
    " při jen až co ve není každý",
    "sk": "a v sa na je že s z do o aj to ako za by ale po pre od ktoré ktorý sú bol tak jeho alebo keď aby už má tiež bola pri"
    " len až čo vo nie každý",
    "hu": "a az és hogy nem is egy ez volt meg de ha csak el már van mint még vagy azt ki minden kell sem lehet volna ezt úgy"
    " pedig ő joga mindenkinek",
    "ro": "de și în a la cu pe nu că o din se un care mai pentru este sa ce au fi ca lui său prin dar al sau sunt fost era unei"
    " după orice persoană",
    "tr": "ve bir bu da de için ile çok daha gibi olarak en ne o ki ama kadar sonra olan var her ya değil mi ben diye şey veya"
    " hakkı göre",
    "vi": "và của có các là được trong cho người không với một những này đã để khi về quyền đến từ mọi phải như hay tự do nào",
    "id": "yang dan di dengan untuk ini dari dalam tidak itu pada adalah oleh akan atau ke sebagai mereka juga dapat hak setiap"
    " orang telah ia karena",
    "ca": "de la i el que a en les els un per del una amb no es al com més ha o però són seu dels va aquest tot fou té si",
    "la": "et in est non ad ut cum qui quod sed si ex per enim quae atque ab aut etiam quam nec esse autem ac sunt",
    "eo": "la kaj de en al ne estas ke mi li por oni kiu kun sed tiu estis el ĝi tio aŭ rajtas ĉiu kiel sur pri",
    "hr": "i u je se na da su za od s a ne o kao koji to što iz ili ali bi sve po svoje svaka ima do biti bio pravo",
    "eu": "eta da ez bat du zuen dira ere baina zen hau bere edo dute izan egin pertsona dituen",
    "ru": "и в не на что он с я как а то это по но из его к за у все от так же она бы было мы для о или был человек",
    "uk": "і в не на що з він як а то це та у до за його від так але вона ми для про або був бути має кожна людина є",
    "bg": "и на да се в за от е не с по че са като до си това към има или но който всеки човек ще",
    "sr": "и у је се на да су за од с а не о као који то што из или али би све по има свако",
    "ar": "في من على أن إلى لا ما عن هذا مع كل التي الذي هو أو كان لم بين هي قد كما",
    "fa": "و در به از که این را با است آن برای هر یا باید تا می حق خود شود کس",
    "ur": "کے اور کی میں ہے سے کو کا اس یا پر نہیں ہر کہ ایک جو ہو بھی کرنے شخص گا",
    "hi": "के और में की है को से का कि पर यह किसी भी हो या एक नहीं इस ने",
    "mr": "आणि व या आहे च्या किंवा नाही असे हे ते त्या कोणत्याही",
    "ne": "र को मा छ हो गर्न वा हुने छैन यो पनि प्रत्येक",
    "he": "של את על לא הוא זה עם אל כל אם או היא כי אדם יש גם",
    "yi": "און די פון אין צו דער איז א אויף מיט דאס",
    "el": "και το του η της να την στο με για που τα από των δεν",
}
_WORD = re.compile(r"(?:(?![\d_])[\w\u0900-\u0963\u0971-\u0dff])+(?:['’][^\W\d_]+)?")


def detect(texts: Iterable[str]) -> tuple[str, float]:
    """Return the language of a text as a BCP 47 tag, and how sure that is; an empty tag where it cannot be told."""
    sample = unicodedata.normalize("NFC", stream_safe(_sample(texts))[0])
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "", 0.0
    candidates: tuple[str, ...] = ()
    for pattern, languages in _LETTERS:
        share = len(re.findall(pattern, sample)) / letters
        if share > (0.1 if languages == ("ja",) else 0.4):
            candidates = languages
            break
    if len(candidates) == 1:
        return candidates[0], 0.95
    counts = Counter(word.replace("’", "'") for word in _WORD.findall(sample.lower()))
    total = sum(counts.values())
    latin = not candidates
    scores = sorted(
        ((sum(counts[word] for word in _words(tag)) / total, tag) for tag in (_latin() if latin else candidates)), reverse=True
    )
    (best, tag), (second, _) = scores[0], scores[1]
    if latin and (total < _FEWEST_WORDS or best < 0.12):
        return "", round(best, 2)
    return tag, round(min(0.99, 0.5 + (best - second) / (best + 0.01)), 2)


def _sample(texts: Iterable[str]) -> str:
    """Take words from the beginning, the middle and the end, which in a capture may be in different languages."""
    every = list(texts)
    whole = sum(map(len, every))
    if whole <= 3 * _SAMPLE:
        return "\n".join(every)
    step = max(1, whole // (3 * _SAMPLE))
    return "\n".join(text[:_SAMPLE] for text in every[::step])[: 4 * _SAMPLE]


@cache
def _words(tag: str) -> frozenset[str]:
    return frozenset(_SMALL_WORDS[tag].split())


@cache
def _latin() -> tuple[str, ...]:
    return tuple(tag for tag, words in _SMALL_WORDS.items() if words[0].isascii() or words[0] in "éèà")

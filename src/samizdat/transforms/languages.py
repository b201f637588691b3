"""What the typography of each language asks for, as a table; one that is not in it gets the safe minimum of `Language()`."""

from dataclasses import dataclass, replace

NO_BREAK = "\u00a0"
NARROW = "\u202f"
"""The narrow no-break space."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language's customs.

    Lists of words are parted by blanks; a blank inside an entry is written as an underscore. Abbreviations have their full stop.
    """

    quotes: tuple[str, ...] = ("“”", "‘’")
    """Opening and closing mark by depth; deeper levels begin again with the first."""
    quotes_space: str = ""
    """Between guillemets and what they hold."""
    quotes_apart: bool = False
    """A narrow space keeps two quotation marks apart that would touch."""
    raised: tuple[tuple[str, str], ...] = ()
    """Signs that have a space before them, and which."""
    ranges: bool = False
    """12-15 is set with an en dash."""
    joined_dash: bool = False
    """A dash of dialogue touches the word after it and must not end a line."""
    letters: str = ""
    """Words of one letter, which must not end a line."""
    leaning: str = ""
    """Words that lean on the one before and must not begin a line."""
    numbered: str = ""
    """Words that stay with the number after them."""
    titles: str = ""
    """Words that stay with the name after them."""
    compounds: str = ""
    """Abbreviations of several parts, which stay together with a narrow space."""
    units: str = ""
    """Words that stay with the number before them, besides the units that all languages share."""
    centuries: str = ""
    """Words that stay with the Roman number before them."""
    months: str = ""
    """Words that stay with the day before them."""
    thousands: str = ""
    """The space that divides 12 000, where it is a space."""
    clipped: str = ""
    """Words that always begin with an apostrophe."""
    clippable: str = ""
    """Words that begin with an apostrophe when a single mark stands before them and none closes it."""
    apostrophe: bool = True
    """The straight mark between letters is an apostrophe."""


UNITS = "% ‰ ° °C °F € $ £ ¥ mm cm dm m km mg g kg t ml cl l ha m² km² m³ s min h kB MB GB TB Hz kHz MHz W kW MW V A dpi px pt"

_ENGLISH = Language(
    quotes_apart=True,
    ranges=True,
    numbered="p. pp. no. No. nos. vol. vols. ch. chs. fig. Fig. c. ca. v. art. para. Chapter chapter Figure figure Table table",
    titles="Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. St St. Prof. Rev. Fr. Sr.",
    compounds="e._g. i._e.",
    units="million billion per_cent percent a.m. p.m. am pm BC AD BCE CE",
    months="January February March April May June July August September October November December",
    clipped="tis twas twere twould twill",
    clippable="em til n cause bout cos round neath",
)
_BRITISH = replace(_ENGLISH, quotes=("‘’", "“”"))

_GERMAN = Language(
    quotes=("„“", "‚‘"),
    ranges=True,
    numbered="S. Nr. Bd. Bde. Kap. Abb. Tab. Anm. Art. Abs. Heft Jg. H. Sp. Z. ca. um Kapitel Seite",
    titles="Dr. Prof. Hr. Fr. St. Herr Frau",
    compounds="z._B. d._h. u._a. o._a. s._o. s._u. i._d._R. z._T. u._U. v._a. i._A. o._J. a._a._O. v._Chr. n._Chr. z._Z.",
    units="Uhr Mark Prozent Mio. Mrd. Jh. Euro",
    months="Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
    thousands=NARROW,
)

_FRENCH = Language(
    quotes=("«»", "“”", "‘’"),
    quotes_space=NARROW,
    raised=((";", NARROW), ("!", NARROW), ("?", NARROW), (":", NO_BREAK)),
    numbered="p. pp. n° no t. vol. chap. fig. art. env. v. ch. nᵒ l’an",
    titles="M. MM. Mme Mmes Mlle Dr Mgr Me St Ste",
    compounds="p._ex. c.-à-d. av._J.-C. apr._J.-C. s._d. s._l. op._cit. loc._cit.",
    units="F fr. francs euros heures millions milliards",
    centuries="siècle siècles s.",
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    thousands=NARROW,
)

_SPANISH = Language(
    quotes=("«»", "“”", "‘’"),
    joined_dash=True,
    numbered="p. pp. pág. págs. n.º núm. vol. t. cap. fig. art. c. ca. siglo",
    titles="Sr. Sra. Srta. Sres. D. Dña. Dr. Dra. Ud. Vd. Fr. S. Sto. Sta. San",
    compounds="p._ej. a._C. d._C. EE._UU. s._f. s._l. op._cit.",
    units="pesetas pesos euros millones mil",
    thousands=NARROW,
)

_RUSSIAN = Language(
    quotes=("«»", "„“"),
    letters="авикосуя",
    leaning="бы б же ж ли ль",
    numbered="с. стр. гл. т. тт. рис. табл. ст. п. пп. см. ок. вып. ч.",
    titles="г. г-н г-жа тов. т. им. ул. пл. пр. д-р проф. акад. св.",
    compounds="т._е. т._д. т._п. т._к. т._н. н._э. до_н._э. и_др. и_пр.",
    units="г. гг. в. вв. руб. коп. тыс. млн млрд км м см мм кг г т л га ч мин с чел. лет года годов год",
    centuries="в. вв. век века веке",
    months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    thousands=NARROW,
)

_UKRAINIAN = Language(
    quotes=("«»", "„“"),
    letters="авжзійоуя",
    leaning="би б же ж",
    numbered="с. стор. гл. т. рис. табл. ст. п. див. бл. вип. ч.",
    titles="п. пан пані тов. ім. вул. пл. проф. акад. св. м.",
    compounds="т._зв. т._д. т._п. н._е. до_н._е. та_ін.",
    units="р. рр. ст. грн коп. тис. млн млрд км м см мм кг г т л га год хв с осіб років року рік",
    centuries="ст. століття",
    months="січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    thousands=NARROW,
)

_ITALIAN = Language(
    quotes=("«»", "“”", "‘’"),
    numbered="p. pp. n. nn. vol. voll. cap. fig. art. ca. sec. t.",
    titles="sig. Sig. sig.ra dott. Dott. prof. Prof. on. S.",
    compounds="a._C. d._C. p._es. op._cit. s._d. s._l.",
    units="euro lire milioni miliardi",
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    thousands=NARROW,
)

_PORTUGUESE = Language(
    quotes=("«»", "“”", "‘’"),
    numbered="p. pp. pág. n.º vol. t. cap. fig. art. c. ca. século",
    titles="Sr. Sra. D. Dr. Dra. S. Prof.",
    compounds="p._ex. a._C. d._C. s._d. op._cit.",
    units="euros reais milhões mil",
    thousands=NARROW,
)

_POLISH = Language(
    quotes=("„”", "«»", "‚’"),
    ranges=True,
    letters="aiouwz",
    numbered="s. str. nr t. tom rozdz. rys. tab. art. ok. zob. por. z. wyd.",
    titles="dr prof. p. ks. św. gen. im. ul. pl. al.",
    compounds="p._n._e. n._e. m._in. b._r. b._m. op._cit.",
    units="r. w. zł gr tys. mln mld km m cm kg g godz. lat roku",
    centuries="w. wiek wieku",
    months="stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    thousands=NARROW,
)

_CZECH = Language(
    quotes=("„“", "‚‘"),
    ranges=True,
    letters="kosuvzai",
    numbered="s. č. sv. kap. obr. tab. čl. odst. roč. cca str.",
    titles="p. pí dr. Dr. prof. Ing. sv. gen.",
    compounds="n._l. př._n._l. př._Kr. po_Kr. t._r. t._j. s._r._o.",
    units="Kč hod. tis. mil. mld. let roku stol.",
    months="ledna února března dubna května června července srpna září října listopadu prosince",
    thousands=NARROW,
)

_DUTCH = Language(
    quotes=("‘’", "“”"),
    ranges=True,
    numbered="p. blz. nr. dl. hfst. afb. art. ca. jg.",
    titles="dhr. mevr. mw. dr. prof. drs. ir. ds. St.",
    compounds="d._w._z. o._a. v._Chr. n._Chr. z._j.",
    units="uur gulden euro procent miljoen miljard",
    months="januari februari maart april mei juni juli augustus september oktober november december",
    clippable="s t n k m r",
)

_SWEDISH = Language(
    quotes=("””", "’’"),
    ranges=True,
    numbered="s. nr kap. fig. tab. bd ca sid.",
    titles="hr fr. dr prof. S:t",
    compounds="t._ex. d._v._s. bl._a. m._m. f._Kr. e._Kr. o._s._v. s._k. fr._o._m. t._o._m.",
    units="kr kronor procent miljoner miljarder tusen",
    months="januari februari mars april maj juni juli augusti september oktober november december",
    thousands=NARROW,
)

_DANISH = Language(
    quotes=("»«", "›‹"),
    ranges=True,
    numbered="s. nr. kap. fig. tab. bd. ca. art.",
    titles="hr. fru dr. prof. Skt.",
    compounds="f._eks. d._v._s. bl._a. m._m. f._Kr. e._Kr. o._s._v.",
    units="kr. kroner procent millioner milliarder",
    months="januar februar marts april maj juni juli august september oktober november december",
)

_NORWEGIAN = replace(
    _DANISH,
    quotes=("«»", "‘’"),
    months="januar februar mars april mai juni juli august september oktober november desember",
    thousands=NARROW,
)

_FINNISH = Language(
    quotes=("””", "’’"),
    ranges=True,
    numbered="s. nro n:o luku kuva ks. n.",
    titles="hra rva tri prof.",
    compounds="e._Kr. j._Kr. eaa. t._s.",
    units="euroa mk markkaa prosenttia miljoonaa miljardia klo",
    thousands=NARROW,
)

_GREEK = Language(
    quotes=("«»", "“”", "‘’"),
    ranges=True,
    numbered="σ. σσ. σελ. αρ. τ. τόμ. κεφ. εικ. άρθ. βλ.",
    titles="κ. κα Δρ Αγ.",
    compounds="π._χ. π._Χ. μ._Χ. κ._ά. κ._λπ. δηλ.",
    units="δρχ. ευρώ εκατ. δισ. χλμ. αι.",
)

_HEBREW = Language(quotes=("””", "’’"), apostrophe=False)
_ARABIC = Language(quotes=("«»", "‹›"), apostrophe=False)
_CORNERED = Language(quotes=("「」", "『』"), apostrophe=False)

_TABLE = {
    "ar": _ARABIC,
    "be": replace(_RUSSIAN, letters="аазійоуў", leaning="бы б жа ж", months="", titles="", units=""),
    "bg": Language(quotes=("„“", "‚‘"), letters="вси"),
    "ca": replace(_SPANISH, joined_dash=False, titles="", units=""),
    "cs": _CZECH,
    "da": _DANISH,
    "de": _GERMAN,
    "de-ch": replace(_GERMAN, quotes=("«»", "‹›")),
    "de-li": replace(_GERMAN, quotes=("«»", "‹›")),
    "el": _GREEK,
    "en": _ENGLISH,
    "en-au": _BRITISH,
    "en-gb": _BRITISH,
    "en-ie": _BRITISH,
    "en-nz": _BRITISH,
    "en-za": _BRITISH,
    "es": _SPANISH,
    "es-419": replace(_SPANISH, quotes=("“”", "‘’")),
    "es-mx": replace(_SPANISH, quotes=("“”", "‘’")),
    "es-us": replace(_SPANISH, quotes=("“”", "‘’")),
    "et": Language(quotes=("„“", "«»")),
    "fa": _ARABIC,
    "fi": _FINNISH,
    "fr": _FRENCH,
    "fr-ca": replace(_FRENCH, quotes_space=NO_BREAK, raised=((":", NO_BREAK),)),
    "fr-ch": replace(
        _FRENCH, quotes=("«»", "‹›"), raised=((";", NARROW), ("!", NARROW), ("?", NARROW), (":", NARROW)), thousands=NARROW
    ),
    "he": _HEBREW,
    "hr": Language(quotes=("„”", "‚’"), letters="aikosuz"),
    "hu": Language(quotes=("„”", "»«"), ranges=True),
    "is": Language(quotes=("„“", "‚‘"), ranges=True),
    "it": _ITALIAN,
    "ja": _CORNERED,
    "lt": Language(quotes=("„“", "‚‘")),
    "nb": _NORWEGIAN,
    "nl": _DUTCH,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": _POLISH,
    "pt": _PORTUGUESE,
    "pt-br": replace(_PORTUGUESE, quotes=("“”", "‘’")),
    "ro": Language(quotes=("„”", "«»")),
    "ru": _RUSSIAN,
    "sk": replace(_CZECH, compounds="", months="", titles=""),
    "sl": Language(quotes=("„“", "‚‘")),
    "sr": Language(quotes=("„“", "’’")),
    "sv": _SWEDISH,
    "uk": _UKRAINIAN,
    "yi": _HEBREW,
    "zh": Language(apostrophe=False),
    "zh-hant": _CORNERED,
    "zh-hk": _CORNERED,
    "zh-tw": _CORNERED,
}
_SAFE = Language()


def customs(tag: str) -> Language:
    """Return the customs of a language by its BCP 47 tag: the nearest in the table, or the safe minimum."""
    parts = tag.lower().replace("_", "-").split("-")
    while parts:
        if (language := _TABLE.get("-".join(parts))) is not None:
            return language
        parts.pop()
    return _SAFE


def listed(words: str) -> tuple[str, ...]:
    """Take a list of words in the table apart."""
    return tuple(word.replace("_", " ") for word in words.split())

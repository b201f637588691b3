  const SPELLINGS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ", "’": "'", "‘": "'"};

  // letters without accents, points, joiners and case; the marks that make another kana stay
  function fold(text) {
    return text.normalize("NFKD").toLowerCase()
      .replace(/(?![\u3099\u309a])[\p{Script=Inherited}\u0591-\u05c7\u0640\u00ad\u200b-\u200f\u2060]/gu, "")
      .replace(/[ßæœøđłıς’‘]/gu, function (letter) { return SPELLINGS[letter]; });
  }

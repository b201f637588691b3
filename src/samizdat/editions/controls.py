"""The words on the controls that the editions for the browser put around a book, by language."""

from collections.abc import Mapping

_KEYS = (
    "contents", "search", "settings", "colours", "system", "light", "sepia", "dark", "type", "serif", "sans", "size", "width",
    "narrow", "medium", "wide", "previous", "next", "turn", "resume", "found", "none", "close", "note", "copy", "copied",
    "reader",
)  # fmt: skip

_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Contents", "Search", "Reading settings", "Colours", "As the system", "Light", "Sepia", "Dark", "Typeface", "Serif",
        "Sans serif", "Size of type", "Width of lines", "Narrow", "Medium", "Wide", "Previous", "Next", "Turn the page",
        "Continue reading", "Places found", "Nothing found", "Close", "Note", "Copy a link to this place", "Copied",
        "About the reading",
    ),
    "de": (
        "Inhalt", "Suchen", "Leseeinstellungen", "Farben", "Wie das System", "Hell", "Sepia", "Dunkel", "Schrift", "Serifen",
        "Serifenlos", "Schriftgröße", "Zeilenbreite", "Schmal", "Mittel", "Breit", "Zurück", "Weiter", "Blättern",
        "Weiterlesen", "Fundstellen", "Nichts gefunden", "Schließen", "Anmerkung", "Link zu dieser Stelle kopieren", "Kopiert",
        "Lesehilfen",
    ),
    "fr": (
        "Sommaire", "Rechercher", "Réglages de lecture", "Couleurs", "Selon le système", "Clair", "Sépia", "Sombre",
        "Caractères", "Avec empattements", "Sans empattements", "Taille des caractères", "Largeur des lignes", "Étroite",
        "Moyenne", "Large", "Précédent", "Suivant", "Tourner la page", "Reprendre la lecture", "Passages trouvés",
        "Rien trouvé", "Fermer", "Note", "Copier un lien vers ce passage", "Copié", "Outils de lecture",
    ),
    "es": (
        "Índice", "Buscar", "Ajustes de lectura", "Colores", "Según el sistema", "Claro", "Sepia", "Oscuro", "Letra",
        "Con remates", "Sin remates", "Tamaño de letra", "Ancho de línea", "Estrecho", "Medio", "Ancho", "Anterior",
        "Siguiente", "Pasar página", "Seguir leyendo", "Pasajes encontrados", "No se ha encontrado nada", "Cerrar", "Nota",
        "Copiar un enlace a este lugar", "Copiado", "Herramientas de lectura",
    ),
    "it": (
        "Indice", "Cerca", "Impostazioni di lettura", "Colori", "Come il sistema", "Chiaro", "Seppia", "Scuro", "Carattere",
        "Con grazie", "Senza grazie", "Corpo del testo", "Larghezza delle righe", "Stretta", "Media", "Larga", "Precedente",
        "Successivo", "Voltare pagina", "Riprendi la lettura", "Passi trovati", "Nessun risultato", "Chiudi", "Nota",
        "Copia un link a questo punto", "Copiato", "Strumenti di lettura",
    ),
    "pt": (
        "Sumário", "Procurar", "Opções de leitura", "Cores", "Como o sistema", "Claro", "Sépia", "Escuro", "Letra",
        "Com serifa", "Sem serifa", "Tamanho da letra", "Largura das linhas", "Estreita", "Média", "Larga", "Anterior",
        "Seguinte", "Virar a página", "Continuar a ler", "Passagens encontradas", "Nada encontrado", "Fechar", "Nota",
        "Copiar uma ligação para este ponto", "Copiado", "Ferramentas de leitura",
    ),
    "ru": (
        "Содержание", "Поиск", "Настройки чтения", "Цвета", "Как в системе", "Светлые", "Сепия", "Тёмные", "Шрифт",
        "С засечками", "Без засечек", "Размер шрифта", "Ширина строки", "Узкая", "Средняя", "Широкая", "Назад", "Вперёд",
        "Перелистать", "Продолжить чтение", "Найдено мест", "Ничего не найдено", "Закрыть", "Примечание",
        "Скопировать ссылку на это место", "Скопировано", "Инструменты чтения",
    ),
    "ar": (
        "المحتويات", "بحث", "إعدادات القراءة", "الألوان", "حسب النظام", "فاتح", "بنّي فاتح", "داكن", "الخط", "بزوائد", "بلا زوائد",
        "حجم الخط", "عرض السطر", "ضيّق", "متوسط", "عريض", "السابق", "التالي", "قلب الصفحة", "متابعة القراءة", "المواضع",
        "لا نتائج", "إغلاق", "حاشية", "نسخ رابط إلى هذا الموضع", "نُسخ", "أدوات القراءة",
    ),
    "he": (
        "תוכן", "חיפוש", "הגדרות קריאה", "צבעים", "לפי המערכת", "בהיר", "ספיה", "כהה", "גופן",
        "עם תגים", "בלי תגים", "גודל הגופן", "רוחב השורה", "צר", "בינוני", "רחב", "הקודם", "הבא",
        "דפדוף", "המשך קריאה", "נמצאו", "לא נמצא דבר", "סגירה", "הערה", "העתקת קישור למקום הזה", "הועתק", "כלי קריאה",
    ),
}  # fmt: skip


class Controls:
    """The words in the book's language, or in English where the program does not know it."""

    def __init__(self, language: str) -> None:
        """Choose the language; `lang` is its code where it is not the book's, so that a voice can be told."""
        code = language.lower().split("-")[0]
        self.lang = "" if code in _WORDS else "en"
        self._words = dict(zip(_KEYS, _WORDS[self.lang or code], strict=True))

    def __call__(self, key: str) -> str:
        """Return the word for a control."""
        return self._words[key]

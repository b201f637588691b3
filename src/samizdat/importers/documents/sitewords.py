"""The words that sites use in the names of classes and ids for what they put around a text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from samizdat.importers.documents.markup import Element

AROUND = set(
    """
    ad addthis ads advert advertisement advertising adverts avatar backtotop banner blogroll bookbuilder breadcrumb
    breadcrumbs catlinks comment commentlist comments consent cookie cookies discussion disqus donate donation
    editsection footer fundraising gdpr gravatar hatnote kicker login masthead menu modal nav navbar navbox navigation
    newsletter noprint onetrust outbrain overlay pager pagination paging paywall poll polls popular popup prevnext
    printfooter promo promotion recirc recommendations recommended related relatedposts respond rss searchaux searchform
    share sharedaddy sharethis sharing sidebar signin signup sitenotice social socials sponsor sponsored submenu
    subscribe subscription subscriptions taboola tagcloud taglist tags ticker toolbar topbar trending widget widgets
    about-author action-bar also-read article-tags author-bio author-box back-top button-wrapper byline-social cat-links
    comment-list comments-section copyright-notice entry-tags jump-link jump-nav language-switcher left-rail like-button
    more-from most-read page-footer page-header portable-archive portlet-lang post-meta-bottom post-navigation post-tags
    post-ufi preamble-formats print-only read-also read-more right-rail screen-reader search-form side-bar sign-up
    site-description site-footer site-header site-title skip-link tags-links toc-toggle top-bar
    contributions-epic supporter upsell paid-content post-profile postprofile post-buttons online-list stat-block jumpbox
    download-formats downloadformats text-download rich-link see-also-box more-on read-next up-next you-might you-may
    author-info about-the donate-box mailing-list email-signup follow-us back-to report-error print-link postmeta-share
    anzeige werbung teilen kommentar kommentare meistgelesen brotkrumen mehr-zum seitenleiste fussbereich fusszeile
    kopfbereich hauptmenue hauptmenu randspalte rechtespalte verwandte-artikel weiterlesen
    publicite publicité partager partage commentaire commentaires fil-ariane lire-aussi articles-lies sur-le barre-laterale
    pied-de infolettre
    publicidad compartir comentario comentarios migas relacionados noticias-relacionadas lo-mas te-puede leer-mas boletin
    pubblicita pubblicità condividi commenti commento briciole correlati articoli-correlati leggi-anche
    publicidade compartilhar comentários comentarios-lista leia-mais leia-tambem
    reclame reacties delen reklama komentarze udostepnij reklam kommentarer dela реклама комментарии поделиться
""".split()
)
"""Single words, and words that follow each other in one name."""
COMMENTS = set(
    """
    comment-list commentlist comments comments-section discussion disqus respond kommentare commentaires comentarios
    commenti komentarze kommentarer reacties комментарии
""".split()
)
"""What readers have said, which may be longer than the text."""
IN_A_LINE = set(
    """
    avatar comments-link editsection gravatar jump-link kicker like-button noprint read-more screen-reader searchaux
    skip-link
""".split()
)
"""What may stand in a line of text and does not belong to it."""
CONTENTS = {"toc", "tableofcontents", "table-of"}


def names(element: Element) -> Iterator[str]:
    """Yield the words of an element's classes and id, and each two that follow each other."""
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split():
        parts = [part for part in re.split(r"[-_:]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()) if part]
        yield from parts
        yield from (f"{one}-{two}" for one, two in pairwise(parts))

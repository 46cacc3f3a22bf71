"""The metadata packet of our PDF/A files, the only place that holds title, author and dates.

fpdf2 would write the present moment into its own packet; a document that must come out
byte for byte again may only know the moment of its issue.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

PRODUCER = "bok"


def packet(*, title: str, author: str, created: datetime, language: str, identifier: str = "") -> str:
    """Return the XMP of a PDF/A-3U file; `identifier` tells which snapshot it was made from."""
    known_by = f"<dc:identifier>{escape(identifier)}</dc:identifier>\n" if identifier else ""
    moment = quoteattr(created.astimezone(UTC).isoformat(timespec="seconds"))
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmp:CreatorTool="{PRODUCER}"
 xmp:CreateDate={moment} xmp:ModifyDate={moment} xmp:MetadataDate={moment} pdf:Producer="{PRODUCER}">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>
{known_by}<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""

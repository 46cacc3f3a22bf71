"""HTML as words: what a person sees, line by line, and nothing that only a program sees."""

# ruff: noqa: E501 - as long as mail programs write them

from __future__ import annotations

import time

import pytest

from db.rules.inbox.html_text import RULE, html_to_text
from db.rules.inbox.source import read_source
from tests.rules.inbox.raw_mail import html


def seen(source: str) -> str:
    """Return the words of a page without blank lines around them."""
    return html_to_text(source).strip("\n")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("stan 487", "stan 487"),
        (
            "Stan:&nbsp;487&nbsp;m&sup3; &oacute;&#322;&#x142; &lt;b&gt; &amp;amp;",
            "Stan:\xa0487\xa0m³ ółł <b> &amp;",
        ),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb"),
        ('<p style="margin:0cm">a</p><p style="margin: 0">b', "a\nb"),
        ("<div>a</div><div>b<br></div><div><br></div><div>c</div>", "a\nb\n\nc"),
        ("a<br>b<BR/>c<br />d", "a\nb\nc\nd"),
        ("stan\n\n   licznika <b> 487 </b>m3", "stan licznika 487 m3"),
        ("sta<b>n</b> 4<span>8</span>7", "stan 487"),
        ("<ul><li>kuchnia 12<li>łazienka 13</ul>dalej", "kuchnia 12\nłazienka 13\ndalej"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("<h1>Odczyt</h1>487", "Odczyt\n487"),
        ("a<hr>b", f"a\n{RULE}\nb"),
        (
            "<table><tr><td>Nr</td><td>123</td></tr><tr><td>Stan</td><td>487</td></tr></table>",
            "Nr\t123\nStan\t487",
        ),
        ("<table><tr><td><p>Nr</p></td><td><div>123</div></td></tr></table>", "Nr\t123"),
        ("<table><tr><th>Nr<th>Stan<tr><td>1<td>2</table>dalej", "Nr\tStan\n1\t2\ndalej"),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>b", "a\nb"),
        ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\tc"),
        ("<table><tr><td></td><td>c</td></tr></table>", "c"),
        ("<table><tr><td>a</td><td></td><td>c</td></tr><tr><td>d<td> e</table>", "a\t\tc\nd\te"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\nc"),
        ("a<blockquote>b<blockquote>c</blockquote>d</blockquote>", "a\n> b\n>> c\n> d"),
        ("</blockquote></p></div>a", "a"),
        (
            '<blockquote style="margin:0 0 0 40px;border:none">487<blockquote>b</blockquote></blockquote>c',
            "487\n> b\nc",
        ),
        ('<blockquote type="cite" style="border:none">a</blockquote>b', "> a\nb"),
        ("<a href='http://x/?stan=999'>link</a>", "link"),
        ("<img src=x alt='999'>487", "487"),
        ("<button>OK</button>", "OK"),
    ],
)
def test_words_and_lines(source: str, text: str) -> None:
    assert seen(source) == text


@pytest.mark.parametrize(
    "unseen",
    [
        "<style>p{width:999}</style>",
        "<style>p>a{width:999}</STYLE >",
        "<script>if (a<b) x='999';</script>",
        "<head><title>999</title><meta content=999></head>",
        "<title>999</title>",
        "<!-- 999 -->",
        "<!--[if mso]><p>999</p><![endif]-->",
        "<![if !mso]><![endif]>",
        "<!doctype html>",
        "<?xml version='999'?>",
        "<div style='display:none'>999<div>999</div>999</div>",
        '<div style="DISPLAY : NONE; color:red">999</div>',
        "<span style='font-size:0'>999</span>",
        "<span style='font-size: 0px; line-height:0'>999</span>",
        "<span style=visibility:hidden>999</span>",
        "<span style='mso-hide:all'>999</span>",
        "<div style='max-height:0px;overflow:hidden'>999</div>",
        "<span style='opacity:0'>999</span>",
        "<div hidden>999</div>",
        "<div class=x hidden>999</div>",
        "<template>999</template>",
        "<svg><text>999</text></svg>",
        "<select><option>999</select>",
        "<s>999</s>",
        "<del>999</del>",
        "<strike>999</strike>",
        "<span style='text-decoration:line-through'>999</span>",
        "<span style='text-decoration: underline line-through'>999</span>",
        "<input type=hidden value=999>",
        "<p style='display:none'>999<p>",
    ],
)
def test_what_is_hidden_or_struck_out_is_not_said(unseen: str) -> None:
    assert seen(f"{unseen}stan <b>487</b>") == "stan 487"


@pytest.mark.parametrize(
    "shown",
    [
        "<span style='font-size:0.9em'>487</span>",
        "<span style='opacity:0.5'>487</span>",
        "<span alt='a hidden one' title=\"display:none\">487</span>",
        "<span class='hidden-xs'>487</span>",
        "<span data-hidden=1>487</span>",
        "<div style='display:none'><br></div>487",
        "<br hidden>487",
        "<img style='display:none'>487",
    ],
)
def test_what_only_looks_hidden_is_said(shown: str) -> None:
    assert seen(shown) == "487"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("stan < 500 i > 400", "stan < 500 i > 400"),
        ("a <3 b", "a <3 b"),
        ("487 <", "487 <"),
        ("487 <b", "487 <b"),
        ("<b class='x>487", "487"),
        ("<p title='a > b'>487</p>", "487"),
        ('<p title="a>487</p>', "487"),
        ("<>487</>", "<>487"),
        ("<!-- 487", "<!-- 487"),
        ("<!-- > 487", "487"),
        ("&#1114112; &#xD800; &#0; &nosuch; 487", None),
        ("<x:y>487</x:y><o:p></o:p>", "487"),
        ("<div style='display:none'>999", ""),
        ("<script>999", ""),
    ],
)
def test_broken_html(source: str, text: str | None) -> None:
    assert seen(source) == text or (text is None and "487" in seen(source))


def test_mail_programs() -> None:
    gmail = (
        '<div dir="ltr">stan 487</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">pon., 16 lis '
        '2026 o 08:14 BOK &lt;<a href="mailto:b@x.pl">b@x.pl</a>&gt; napisał(a):<br></div><blockquote '
        'class="gmail_quote" style="margin:0">Poprzedni stan: 111</blockquote><div>dalej 488</div></div>'
    )
    read = read_source(html(gmail))
    assert (read.text, "111" in read.quoted) == ("stan 487\n\ndalej 488", True)
    outlook = (
        "<html xmlns:o='x'><head><style>p{}</style></head><body><div class=WordSection1><p class=MsoNormal>stan 487"
        "<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 "
        "1.0pt'><p class=MsoNormal><b>Od:</b> BOK &lt;b@x.pl&gt; <br><b>Wysłano:</b> 16 listopada 2026<br><b>Do:</b> "
        "j@x.pl<br><b>Temat:</b> Odczyt</p></div><p class=MsoNormal>Poprzedni stan: 111</p></div></body></html>"
    )
    read = read_source(html(outlook))
    assert (read.text, "111" in read.quoted) == ("stan 487", True)
    phone = (
        "<div>stan 487</div><div id='ms-outlook-mobile-signature'>Pobierz <a href='x'>aplikację Outlook dla systemu "
        "Android</a></div><hr style='width:98%'><div id='divRplyFwdMsg'><b>From:</b> BOK &lt;b@x.pl&gt;<br><b>Sent:"
        "</b> Monday<br><b>To:</b> j@x.pl<br><b>Subject:</b> Odczyt</div>Poprzedni stan: 111"
    )
    read = read_source(html(phone))
    assert (read.text, "111" in read.quoted) == ("stan 487", True)
    onet = (
        "<div>stan 487</div><div>W dniu 2026-11-16 08:14:22 użytkownik BOK &lt;b@x.pl&gt; napisał:</div><blockquote "
        "style='border-left: 2px solid'>Poprzedni stan: 111</blockquote>"
    )
    read = read_source(html(onet))
    assert (read.text, "111" in read.quoted) == ("stan 487", True)


@pytest.mark.parametrize(
    "bomb",
    ["<", "<a ", '<a "', "<a '\">", "<!--", "<!", "</", "<a b='", "<script", "<style>", "<div style='display:none'>",
     "<blockquote>", "<td>", "<p>", "<p hidden>", "&#", "&amp", "<br>", '<a x="" ', "<pre>\n", "<a\n", "<a ='"],
)  # fmt: skip
def test_a_page_made_to_hold_up_its_reader(bomb: str) -> None:
    start = time.process_time()
    for end in ("", ">", "'", '"', "-->"):
        html_to_text(bomb * (120_000 // len(bomb)) + end)
    assert time.process_time() - start < 5

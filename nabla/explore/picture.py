"""A still picture and its words, together."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Picture:
    """A PNG and what it shows in words; the words are its caption and its text for those who cannot see it.

    >>> Picture(b"...", "Two contours < 3.")._repr_html_()
    '<figure ...><img alt="Two contours &lt; 3." ...><figcaption>Two contours &lt; 3.</figcaption></figure>'
    """

    png: bytes
    words: str
    width: int = 640
    alt: str = ""

    def _repr_html_(self) -> str:
        """The picture as HTML that stands alone: no script, no link, everything escaped."""
        alt = escape(self.alt or self.words, quote=True)
        return (
            f'<figure class="nabla-picture" style="margin:0.5em 0;max-width:{self.width}px">'
            f'<img alt="{alt}" src="data:image/png;base64,{b64encode(self.png).decode()}" '
            f'style="width:100%;height:auto;border-radius:6px">'
            f"<figcaption>{escape(self.words)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"Picture: {self.words}"

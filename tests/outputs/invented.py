"""Invented narratives and small codebooks for the tests of the report; no real person."""

from __future__ import annotations

from typing import Any

from narratives.coding.codebook import Code, Codebook
from narratives.settings import Findings, Pipeline, Report, Text


def text(words: str) -> Text:
    """Return a label that tells its language."""
    return Text(de=words, en=f"{words} (en)")


def code(code_id: str, label: str, parent: str | None = None, module: int | None = None) -> Code:
    """Return a code with a short definition."""
    words = text(f"Definition von {label}, siehe susi_past")
    return Code(id=code_id, label=text(label), definition=words, parent=parent, module=module)


SUSI = Codebook(
    id="susi",
    label=text("Sinndimensionen"),
    sources=["Bock et al. 2010"],
    codes=[
        code("susi_past", "Entstehung"),
        code("susi_present", "Erleben"),
        code("susi_future", "Folgen"),
        code("susi_never", "Nie vergeben"),
    ],
)
CHIME = Codebook(
    id="chime",
    label=text("Genesungsprozesse"),
    codes=[
        code("chime_hope", "Hoffnung"),
        code("chime_hope_belief", "Glaube an Genesung", "chime_hope"),
        code("chime_hope_dreams", "Träume", "chime_hope"),
        code("chime_diff", "Schwierigkeiten"),
        code("chime_diff_services", "Zwang", "chime_diff"),
    ],
)
EXIN = Codebook(id="exin", label=text("EX-IN-Module"), codes=[code("exin_trialog", "Trialog", module=5)])
CW = Codebook(
    id="cw",
    kind="flags",
    label=text("Inhaltswarnungen"),
    codes=[code("cw_suicide", "Suizid"), code("cw_coercion", "Gewalt")],
)
BOOKS = [SUSI, CHIME, EXIN]
FLAGGED = "Ich wollte nicht mehr leben, das sage ich heute so offen."
SECRET = "Niemand soll diesen Satz über den Kirchturm wörtlich lesen."
EVIL = "Die Stimme rief <script>alert('x')</script> & \"noch mehr\" <b>fett</b>."
GRANTED = ["analysis", "research_quote"]

NARRATIVES: list[dict[str, Any]] = [
    {
        "narrative_id": "anna/1",
        "language": "de",
        "perspective": "experiencer",
        "consent": GRANTED,
        "setting": "Klinik",
        "spans": [
            ("Angefangen hat es mit dem Tod der Tante, da bin ich sicher.", ["susi_past@Tod der Tante"]),
            (EVIL, ["susi_present@<script>alert('x')</script>", "chime_diff_services"]),
            ("Der Bus hielt wie immer vor der Bäckerei.", []),
            ("Heute glaube ich, dass es besser wird.", ["susi_future", "chime_hope_belief@glaube ich"]),
        ],
    },
    {
        "narrative_id": "anna-1",
        "language": "de",
        "perspective": "relative",
        "consent": GRANTED,
        "setting": "Klinik",
        "spans": [
            (FLAGGED, ["susi_present@nicht mehr leben", "cw_suicide"]),
            ("Mein Sohn träumt von einem kleinen Café am Meer.", ["chime_hope_dreams@träumt"]),
        ],
    },
    {
        "narrative_id": "ben",
        "language": "en",
        "perspective": "experiencer",
        "consent": ["analysis"],
        "setting": "Zuhause",
        "spans": [
            (SECRET, ["susi_past@Kirchturm", "exin_trialog"]),
            ("Und auch dieser Satz bleibt bei mir.", ["chime_hope_belief@bleibt bei mir"]),
        ],
    },
    {
        "narrative_id": "cleo",
        "language": "en",
        "perspective": "peer_worker",
        "consent": None,
        "setting": "Klinik",
        "spans": [("Nobody asked me, so nobody may quote me here.", ["susi_future@quote me"])],
    },
]
THEMES = [
    ("Anfänge", ["tante", "tod", "anfang"], ["susi_past"]),
    ("Aussichten", ["morgen", "café", "meer"], ["susi_future", "chime_hope_dreams"]),
]


def pipeline(**report: Any) -> Pipeline:
    """Return the settings of a small analysis."""
    return Pipeline(
        name="research",
        title=text("Themen & Sinn"),
        description=text("Findet Themen."),
        findings=Findings(min_group=2, resamples=50),
        report=Report(**report),
    )

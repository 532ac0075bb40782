"""The page: chooses the order of the sections, gathers what they show and fills the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from narratives.coding.codebook import Code, Codebook
from narratives.outputs.report import cards, method, reading
from narratives.outputs.report.anchors import Anchors, slug
from narratives.outputs.report.brief import Brief
from narratives.outputs.report.courses import HEIGHT, WIDTH, ceiling
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.landscape import (
    HEIGHT as MAP_HEIGHT,
)
from narratives.outputs.report.landscape import (
    WIDTH as MAP_WIDTH,
)
from narratives.outputs.report.landscape import (
    passage_map,
    theme_quality,
    theme_tree,
)
from narratives.outputs.report.material import Material, read_material
from narratives.outputs.report.pictures import Pictures, present
from narratives.outputs.report.published import published
from narratives.outputs.report.quotes import Quotes
from narratives.outputs.report.sections import Sections
from narratives.outputs.report.shares import Shares, links
from narratives.outputs.report.texts import Texts, load_texts
from narratives.outputs.report.volume import plan_volume
from narratives.settings import Pipeline
from narratives.study import Study

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_ORDER = {
    "research": "brief read themes profile codes pictures passages method limits",
    "coding": "brief read themes profile codes pictures passages method limits",
    "teaching": "brief themes modules profile codes read pictures passages method limits",
}
_COURSES_OF_THEMES = 12


def render_report(
    study: Study,
    pipeline: Pipeline,
    codebooks: Sequence[Codebook],
    warnings: Codebook | None,
    manifest: Mapping[str, Any],
    language: str,
) -> str:
    """Return the whole report as one HTML page; the same study always gives the same page."""
    formats = Formats(language)
    texts = load_texts(language, study.folder, formats)
    material = read_material(study, pipeline, codebooks, warnings)
    anchors = Anchors(
        (narrative.id for narrative in material.narratives),
        material.suggestions,
        (theme.id for theme in material.themes),
    )
    quotes = Quotes(material, anchors, texts, formats)
    volume = plan_volume(material, quotes.may_quote)
    anchors.show(volume.in_narratives)
    shares = Shares(material, anchors, texts, language)
    book = material.book(pipeline.findings.profile)
    modules = cards.module_book(material) if pipeline.report.audience == "teaching" else None
    brief = Brief(material, anchors, texts, formats)
    attributes, crowded = reading.attributes(material, texts)
    files = reading.file_rows(manifest, anchors, material)
    order = [name for name in _ORDER[pipeline.report.audience].split() if name != "modules" or modules]
    sections = Sections(material, volume, quotes, anchors, texts, language)
    context = {
        "language": language,
        "audience": pipeline.report.audience,
        "order": order,
        "material": material,
        "pipeline": pipeline,
        "manifest": manifest,
        "volume": volume,
        "sources": material.estimates.sources,
        "warnings_made": warnings is not None,
        "consent_recorded": quotes.consent_recorded,
        "n_withheld": sum(not quotes.released(narrative) for narrative in material.narratives),
        "tiles": brief.tiles(),
        "sentences": brief.sentences(),
        "files": files,
        "statuses": reading.status_counts(files),
        "attributes": attributes,
        "crowded": crowded,
        "theme_cards": cards.theme_cards(material, quotes, anchors),
        "map": passage_map(material, quotes, anchors, texts),
        "map_size": (MAP_WIDTH, MAP_HEIGHT),
        "tree": theme_tree(material, anchors),
        "theme_quality": theme_quality(material, texts, formats),
        "modules": modules,
        "module_cards": cards.module_cards(modules, material, quotes, anchors, language) if modules else [],
        "book": book,
        "shares": shares,
        "links": lambda source: links(book, material, anchors, source, language) if book else [],
        "published": published(pipeline.findings.profile, study.folder) if book else None,
        "sections": sections,
        "accounts": sections.narratives(),
        "settings": method.settings(pipeline, texts),
        "versions": method.versions(manifest),
        "hashes": method.hashes(manifest, texts, formats),
        "reach": method.reach(manifest, texts, formats),
        "stayed": method.stayed(pipeline, texts),
        "citation": method.citation(manifest, pipeline, texts),
        **_pictures(material, anchors, formats, language),
    }
    return _environment(texts, formats, anchors, material).get_template("page.html.j2").render(context)


def _pictures(material: Material, anchors: Anchors, formats: Formats, language: str) -> dict[str, Any]:
    pictures = Pictures(material, anchors, formats, language)
    # The profile comes first: it is the one that stands open.
    first = material.pipeline.findings.profile
    books = sorted(material.codebooks, key=lambda item: item.id != first)

    def run(wanted: list[tuple[str, str, str, str]]) -> tuple[list[Any], float]:
        names = [finding for finding, *_ in wanted]
        return pictures.courses(wanted), ceiling(material.estimates, pictures.source_of(wanted), names)

    def of_codes(book: Codebook, codes: list[Code]) -> list[tuple[str, str, str, str]]:
        return [
            (f"course:{code.id}", anchors.code(book.id, code.id), code.label.of(language), code.color)
            for code in codes
        ]

    runs = [(book.label.of(language), *run(of_codes(book, book.children(None)))) for book in books]
    themes = [
        (f"course:theme:{theme.id}", anchors.theme(theme.id), theme.label, "")
        for theme in material.themes[:_COURSES_OF_THEMES]
    ]
    return {
        "heats": [pictures.heat(book, book.children(None)) for book in books],
        "deep_heats": [
            pictures.heat(book, book.leaves()) for book in books if book.leaves() != book.children(None)
        ],
        "course_groups": [group for group in runs if group[1]],
        "theme_courses": run(themes),
        "togethers": present(pictures.together, books),
        "across": pictures.across(),
        "theme_codes": present(pictures.themes_by_code, books) if material.themes else [],
        "course_size": (WIDTH, HEIGHT),
    }


def _environment(texts: Texts, formats: Formats, anchors: Anchors, material: Material) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=texts, f=formats, a=anchors)
    environment.filters["slug"] = slug
    environment.filters["codelinks"] = _code_links(anchors, material, formats.language)
    return environment


def _code_links(anchors: Anchors, material: Material, language: str) -> Callable[[str], Markup]:
    """Return a filter: definitions name other codes by their id; a reader gets the label as a link."""
    known = {
        code.id: Markup('<a href="#{}">{}</a>').format(
            anchors.code(book.id, code.id), code.label.of(language)
        )
        for book in material.codebooks
        for code in book.codes
    }

    def linked(text: str) -> Markup:
        # Splitting on a group keeps what is between the ids, in turn with them.
        parts = re.split(r"\b([a-z]+(?:_[a-z0-9]+)+)\b", text.replace("->", "→"))
        return Markup("").join(known.get(part, escape(part)) for part in parts)

    return linked

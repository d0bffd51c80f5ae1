"""What Sphinx is told to make the site: MyST-NB reads, the book theme shows, nothing is fetched.

Formulas are MathML, which browsers draw themselves. What `sources` wrote of a page goes into its head.
"""

import html
import json
from functools import cache
from pathlib import Path

from docutils.nodes import SkipNode
from latex2mathml.converter import convert

project = "Sovereign Compute"
author = "the contributors to Sovereign Compute"
copyright = f"2026, {author}"
language = "en"
extensions = ["myst_nb", "sphinx_book_theme"]
root_doc = "index"
exclude_patterns = ["files/**"]
suppress_warnings = [
    "myst.xref_missing",
    "misc.highlighting_failure",
]  # the walk over the finished pages looks where each link leads

nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
smartquotes = False

html_theme = "sphinx_book_theme"
html_title = project
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["search-button-field.html", "sbt-sidebar-nav.html"]}
html_css_files = ["course.css", "lesson.css", "site.css"]
html_js_files = ["site.js", "print.js"]
html_math_renderer = "mathml"
html_copy_source = True
html_last_updated_fmt = None
html_show_sphinx = False
html_theme_options = {
    "path_to_docs": "notebooks",
    "show_navbar_depth": 1,
    "home_page_in_toc": True,
    "navbar_persistent": [],  # the search is in the menu
    "use_download_button": True,
    "footer_content_items": ["copyright", "extra-footer"],
    "extra_footer": "Text and figures: CC BY 4.0",
    "navigation_with_keys": False,  # the arrow keys belong to the sliders
}


def _formula(translator, node) -> None:
    inline = node.tagname == "math"
    drawn = convert(node.astext(), display="inline" if inline else "block")
    scrolls = f'<div class="wide" tabindex="0" role="group" aria-label="Formula">{drawn}</div>'
    translator.body.append(drawn if inline else scrolls)
    raise SkipNode


FRAMED = """try { localStorage.length; } catch {
  // In a frame of another site a browser may keep nothing; the theme asks all the same, and must not stop for it.
  const setItem = (name) => { if (!/^(mode|theme|pst)/.test(name)) throw new Error(name); };
  const kept = { getItem: () => null, setItem };
  Object.defineProperty(window, "localStorage", { value: kept });
}"""


@cache
def _told(folder: Path) -> dict:
    return json.loads((folder / "told.json").read_text(encoding="utf-8"))


def _head(app, name, template, context, doctree) -> None:
    """What a page tells of itself, and the scripts of its panels."""
    context["metatags"] = f"{context.get('metatags', '')}<script>{FRAMED}</script>\n"
    told = _told(Path(app.srcdir)).get(name)
    if told is None:
        return
    said, title = html.escape(told["description"]), html.escape(context["title"])
    context["metatags"] += (
        f'<meta name="description" content="{said}">\n<meta property="og:title" content="{title}">\n'
        f'<meta property="og:type" content="article">\n<meta property="og:description" content="{said}">\n'
        f'<meta property="og:site_name" content="{project}">\n'
    )
    if app.config.html_baseurl:
        context["metatags"] += f'<meta property="og:url" content="{html.escape(context["pageurl"])}">\n'
    kind = json.dumps({"name": context["title"], **told["kind"]}, ensure_ascii=False).replace("<", "\\u003c")
    context["metatags"] += f'<script type="application/ld+json">{kind}</script>\n'
    if 'class="sc-embedded"' in context["body"]:
        app.add_js_file("course.js", loading_method="defer")


def setup(app) -> None:
    app.add_html_math_renderer("mathml", (_formula, None), (_formula, None))
    app.connect("html-page-context", _head)

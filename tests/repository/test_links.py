"""The walk over the pages of a site finds what it has to find; `.ci/run` makes the site and walks it."""

import links
import pytest

PAGE = """<!doctype html><html lang="en"><head><title>One</title><link rel="stylesheet" href="look.css">
<link rel="canonical" href="https://example.org/one.html"></head><body><h1 id="top">One</h1>
<a href="two.html#there">two</a> <a href="#top">top</a> <a href="https://example.org">elsewhere</a>
<a href="a%20file.csv">file</a> <img alt="" src="data:image/png;base64,AA"><!--here--></body></html>"""


@pytest.fixture
def site(tmp_path):
    """A small sound site; ``put`` writes something into its first page."""
    (tmp_path / "part").mkdir()
    (tmp_path / "look.css").write_text("body { background: url(a.png) } /* url(lost.png) */", encoding="utf-8")
    for name in ("a.png", "a file.csv"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "two.html").write_text('<title>Two</title><h1>Two</h1><p id="there"></p>', encoding="utf-8")
    (tmp_path / "part" / "index.html").write_text(
        '<title>P</title><h1>P</h1><a href="../two.html">2</a>', encoding="utf-8"
    )

    def put(text: str = ""):
        (tmp_path / "index.html").write_text(PAGE.replace("<!--here-->", text), encoding="utf-8")
        return tmp_path

    return put


def test_a_sound_site_has_no_faults(site, capsys):
    assert links.walk(site()) == []
    assert links.main([str(site())]) == 0
    assert capsys.readouterr().out == "3 pages, 0 faults\n"


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<a href="three.html">x</a>', "leads to three.html, which is not there"),
        ('<a href="part">x</a>', "leads to part, which is not there"),
        ('<a href="two.html#gone">x</a>', "leads to two.html#gone, which has no such place"),
        ('<a href="#gone">x</a>', "leads to #gone, which has no such place"),
        ('<a href="/two.html">x</a>', "leads to /two.html, which begins at the root"),
        ('<a href="../outside.html">x</a>', "leads to ../outside.html, which lies outside of the site"),
        ('<a href="file:///etc/hosts">x</a>', "leads to file:///etc/hosts, which is no address of the web"),
        ('<script src="https://example.org/a.js"></script>', "loads https://example.org/a.js, which is elsewhere"),
        ('<script src="//example.org/a.js"></script>', "loads //example.org/a.js, which is elsewhere"),
        ('<img src="lost.png">', "loads lost.png, which is not there"),
        ('<img srcset="a.png 1x, lost.png 2x">', "loads lost.png, which is not there"),
        (
            '<p style="background: url(https://example.org/a.png)">',
            "loads https://example.org/a.png, which is elsewhere",
        ),
        ("<style>@import 'https://example.org/a.css';</style>", "loads https://example.org/a.css, which is elsewhere"),
        (
            '<link rel="preload" href="https://example.org/a.woff">',
            "loads https://example.org/a.woff, which is elsewhere",
        ),
        ('<p id="top">', "two places are called 'top'"),
    ],
)
def test_a_planted_fault_is_found(site, capsys, planted, fault):
    assert links.walk(site(planted)) == [f"index.html: {fault}"]
    assert links.main([str(site(planted))]) == 1


def test_a_page_without_a_heading_and_a_style_sheet_that_loads_are_found(site):
    folder = site()
    (folder / "two.html").write_text('<title>Two</title><p id="there"></p>', encoding="utf-8")
    (folder / "look.css").write_text(
        "@import 'https://example.org/x.css'; p { background: url('b.png') }", encoding="utf-8"
    )
    assert links.walk(folder) == [
        "two.html: 0 elements h1",
        "look.css: loads https://example.org/x.css, which is elsewhere",
        "look.css: loads b.png, which is not there",
    ]


def test_a_folder_without_a_first_page_is_no_site(tmp_path, capsys):
    assert links.main([str(tmp_path)]) == 1

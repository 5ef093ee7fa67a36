#!/usr/bin/env python3
"""What people meet who open report.html: checks pages in a browser.

    tests/page/check.py PAGE ... [--pictures FOLDER]

Prints a line for each check that fails; --pictures keeps screenshots and PDFs to look at.
"""
import html.parser
import os
import re
import subprocess
import sys
import tempfile

from browser import Browser

WIDTHS = (360, 1400)
TAB = "\ue004"
ENTER = "\ue007"

# Every text with the colour that it has and that of what it stands on, in the eyes of WCAG 2.1.
# Texts of pictures stand on their paper; in the dark scheme page.css turns their colours around.
CONTRAST = r"""
function channel(c) { c /= 255; return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); }
function light(c) { return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]); }
function ratio(a, b) { var x = light(a), y = light(b);
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); }
function colour(text) { return (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number); }
function ground(node) {
  for (; node; node = node.parentElement) {
    var c = colour(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c;
  }
  return [255, 255, 255];
}
function turned(c) {
  var d = c.slice(0, 3).map(function (v) { return 0.89 * 255 - 0.78 * v; });
  return [[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]].map(function (row) {
    return Math.min(255, Math.max(0, row[0] * d[0] + row[1] * d[1] + row[2] * d[2])); });
}
function painted(node) {
  var fill = colour(getComputedStyle(node).fill);
  return getComputedStyle(node.closest('svg')).filter === 'none' ? [fill, [255, 255, 255]]
    : [turned(fill), ground(node.closest('figure'))];
}
var bad = [], count = 0;
var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  var node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || node.closest('script, style, [hidden]')) continue;
  var pair = node.closest('svg') ? painted(node) : [colour(getComputedStyle(node).color), ground(node)];
  var value = ratio(pair[0], pair[1]);
  count++;
  if (value < 4.5) bad.push(value.toFixed(2) + ' ' + walker.currentNode.data.trim().slice(0, 40));
}
return [count, bad];
"""

OVERFLOW = r"""
var wide = document.documentElement.clientWidth, bad = [];
if (document.documentElement.scrollWidth > wide) bad.push('the page: ' + document.documentElement.scrollWidth);
document.querySelectorAll('body *').forEach(function (node) {
  if (node.closest('.table, .canvas, .skip, [hidden]')) return;
  var box = node.getBoundingClientRect();
  if (box.right > wide + 0.5 || box.left < -0.5) bad.push(node.tagName + '.' + node.className);
});
return bad;
"""

# Sorts every table by every column, up and down, through the buttons in the heads.
TABLES = r"""
var bad = [], clicks = 0;
document.querySelectorAll('table.sort').forEach(function (table, t) {
  var heads = table.tHead.rows[0].cells, body = table.tBodies[0];
  function column(c) { return Array.prototype.map.call(body.rows, function (row) {
    var cell = row.cells[c];
    return cell.hasAttribute('data-v') ? Number(cell.getAttribute('data-v') || NaN) : cell.textContent; }); }
  for (var c = 0; c < heads.length; c++) {
    var what = 'column ' + c + ' of table ' + t, button = heads[c].firstElementChild;
    if (!button || button.tagName !== 'BUTTON') { bad.push(what + ' has no button'); continue; }
    ['ascending', 'descending'].forEach(function (way) {
      var before = column(c).map(String).sort().join('|'), rows = body.rows.length;
      button.click();
      clicks++;
      var after = column(c), known = after.filter(function (v) { return typeof v !== 'number' || !isNaN(v); });
      if (heads[c].ariaSort !== way) bad.push(what + ' says ' + heads[c].ariaSort);
      if (table.querySelectorAll('th[aria-sort$=ending]').length !== 1) bad.push(what + ' is not the only one');
      if (body.rows.length !== rows || after.map(String).sort().join('|') !== before) bad.push(what + ' lost rows');
      for (var i = 0; i < known.length; i++) {
        if (after[i] !== known[i]) { bad.push(what + ': what is not known is not below'); break; }
        if (i > 0 && typeof known[i] === 'number' && typeof known[i - 1] === 'number' &&
            (way === 'ascending' ? known[i] < known[i - 1] : known[i] > known[i - 1])) {
          bad.push(what + ' is not sorted: ' + known); break; }
      }
    });
  }
});
return [clicks, bad];
"""


# Marks to be found again in what is printed, too small to move anything: in heads and rows of tables,
# at the beginning and the end of what must not be cut, in headings, notes and everything else. The
# kind and the number of the mark: tables count their heads and rows alike.
MARKS = r"""
var count = 0;
function mark(node, kind, number, last) {
  var span = document.createElement('span');
  span.textContent = 'zq' + kind + number + 'q ';
  span.style.cssText = 'font-size:2px;line-height:2px;letter-spacing:0;display:inline';
  node.insertBefore(span, last ? null : node.firstChild);
}
document.querySelectorAll('h2, h3, h4, p, li, caption').forEach(function (node) {
  if (node.closest('[hidden], nav, header, .skip, .sort-note')) return;
  mark(node, node.matches('h2') ? 's' : node.matches('h3, h4, caption') ? 'k'
    : node.matches('.note') ? 'n' : 'p', count++);
});
document.querySelectorAll('table').forEach(function (table, t) {
  mark(table.tHead.rows[0].cells[0].firstElementChild || table.tHead.rows[0].cells[0], 'h', t);
  Array.prototype.forEach.call(table.tBodies[0].rows, function (row) { mark(row.cells[0], 'r', t); });
});
document.querySelectorAll('figure:not([hidden]), .plan, .card').forEach(function (node, f) {
  mark(node, 'a', f);
  mark(node, 'z', f, true);
});
"""


class Page(html.parser.HTMLParser):
    """The tags of a page: whether they close, whether names are given once, what is fetched."""

    EMPTY = {"meta", "br", "img", "link", "hr", "input"}

    def __init__(self, text):
        super().__init__()
        self.wrong = []
        self.open = []
        self.names = set()
        self.links = []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in self.EMPTY:
            self.open.append(tag)
        name = attributes.get("id")
        if name in self.names:
            self.wrong.append(f"two parts are called {name}")
        if name is not None:
            self.names.add(name)
        for key in ("src", "href", "xlink:href", "action", "data"):
            if key in attributes:
                self.links.append(attributes[key])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")


failures = []


def check(good, page, sentence):
    if not good:
        failures.append(f"{page}: {sentence}")
        print(f"  {failures[-1]}")


def check_file(name, text):
    page = Page(text)
    check(not page.wrong, name, f"the tags are in order: {page.wrong[:3]}")
    outside = [link for link in page.links if not link.startswith("#")]
    check(not outside, name, f"nothing is fetched: {outside[:3]}")
    lost = [link for link in page.links if link[1:] not in page.names]
    check(not lost, name, f"all links inside the page lead somewhere: {lost[:3]}")
    check("url(http" not in text and "@import" not in text, name, "no style is fetched")


def check_tables(browser, name):
    clicks, bad = browser.run(TABLES)
    check(clicks > 8, name, f"there are tables with heads to click: {clicks}")
    check(not bad, name, f"tables sort by every column: {bad[:4]}")


def check_keyboard(browser, name):
    """Tab leads to the way past the menu, to links and to the heads of tables, and one sees it."""
    browser.run("document.activeElement.blur(); window.scrollTo(0, 0)")
    seen = []
    unseen = []
    for _ in range(400):
        browser.press(TAB)
        found = browser.run(
            "var e = document.activeElement, s = getComputedStyle(e);"
            "return [e.tagName, e.className, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]")
        if found[0] == "BODY":
            break
        if not found[2]:
            unseen.append(found[:2])
        seen.append(found[0])
        if found[0] == "BUTTON":
            break
    check(seen[:1] == ["A"], name, "the first Tab leads to the way to the answer")
    check("BUTTON" in seen, name, "Tab leads to the heads of tables")
    check(not unseen, name, f"the focus is seen: {unseen[:3]}")
    browser.press(ENTER)
    said = browser.run("return document.activeElement.parentElement.ariaSort")
    check(said == "ascending", name, "Enter on a head sorts")


def check_dark(browser, name):
    back = browser.run("return getComputedStyle(document.body).backgroundColor")
    check(all(int(c) < 64 for c in re.findall(r"\d+", back)[:3]), name,
          f"the dark scheme is dark: {back}")


def check_contrast(browser, name, scheme):
    count, bad = browser.run(CONTRAST)
    check(count > 50, name, f"there is text to measure: {count}")
    check(not bad, name, f"text has a contrast of 4.5 in the {scheme} scheme: {bad[:4]}")


def words_of(file):
    """The words of every page of a PDF with their places: (top, left, word), downwards."""
    told = subprocess.run(["pdftotext", "-bbox", file, "-"], stdout=subprocess.PIPE, check=True)
    pages = told.stdout.decode().split("<page ")[1:]
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')
    return [sorted((float(top), float(left), text) for left, top, text in word.findall(page))
            for page in pages]


def check_breaks(browser, name, folder):
    """Where the printed page is cut: heads of tables again, boxes whole, no heading left behind."""
    browser.run(MARKS)
    file = os.path.join(folder, "marked.pdf")
    with open(file, "wb") as stream:
        stream.write(browser.print())
    mark = re.compile(r"zq([a-z])(\d+)q")
    pages = [[(kind, int(number)) for _, _, text in page for kind, number in mark.findall(text)]
             for page in words_of(file)]
    seen = [kind for page in pages for kind, _ in page]
    check(seen.count("r") > 20 and seen.count("a") > 0, name, f"the marks are printed: {len(seen)}")
    bare = [(n + 1, table) for n, page in enumerate(pages)
            for table in {number for kind, number in page if kind == "r"}
            if ("h", table) not in page or page.index(("h", table)) > page.index(("r", table))]
    check(not bare, name, f"a table has its head on every page (page, table): {bare[:4]}")
    place = {}
    for n, page in enumerate(pages):
        for kind, number in page:
            if kind in "az":
                place.setdefault(number, {})[kind] = n + 1
    cut = [box for box in place.values() if box.get("a") != box.get("z")]
    check(not cut, name, f"pictures, plans and key figures are not cut (pages): {cut[:4]}")
    left = []
    for n, page in enumerate(pages[:-1]):
        kinds = "".join(kind for kind, _ in page)
        following = "".join(kind for kind, _ in pages[n + 1])
        # Before a table a note may stay: Chromium cuts inside of the table, in front of its caption.
        alone = re.search("[sk]n+$", kinds) and not re.match("s|kh", following)
        if re.search("[sk]$", kinds) or alone:
            left.append(n + 1)
    check(not left, name, f"no page ends with a heading or its note alone: {left}")


def check_print(pdf, name, folder):
    """Whole pages: none empty, none with more than A4."""
    file = os.path.join(folder, "page.pdf")
    with open(file, "wb") as stream:
        stream.write(pdf)
    told = subprocess.run(["pdftoppm", "-r", "20", "-gray", file, os.path.join(folder, "sheet")],
                          check=False)
    check(told.returncode == 0, name, "the printed page can be drawn")
    sheets = sorted(f for f in os.listdir(folder) if f.startswith("sheet"))
    check(len(sheets) > 1, name, f"it prints on pages: {len(sheets)}")
    for sheet in sheets:
        with open(os.path.join(folder, sheet), "rb") as stream:
            fields = stream.read().split(b"\n", 3)
        width, height = (int(n) for n in fields[1].split())
        grey = fields[3]
        dark = sum(1 for value in grey if value < 200)
        check(abs(height / width - 297 / 210) < 0.02, name, f"{sheet} is an A4 page")
        check(dark > 20, name, f"{sheet} is not empty")
        rows = [grey[r * width:(r + 1) * width] for r in range(height)]
        edge = min(min(row[:4]) for row in rows), min(min(row[-4:]) for row in rows)
        check(min(edge) > 200, name, f"nothing of {sheet} is cut off at the sides")


def check_light(name, keep):
    with Browser() as browser, tempfile.TemporaryDirectory() as folder:
        browser.size(WIDTHS[1], 900)
        browser.open(name)
        check(browser.run("return document.title.length") > 3, name, "there is a title")
        for width in WIDTHS:
            browser.size(width, 900)
            bad = browser.run(OVERFLOW)
            check(not bad, name, f"nothing overflows at {width} pixels: {bad[:4]}")
            if keep:
                shot(browser, keep, name, f"light-{width}")
        gap = browser.run("var q = document.querySelector('main > .question');"
                          "return q === null ? 99 : q.getBoundingClientRect().top -"
                          " document.querySelector('nav').getBoundingClientRect().bottom")
        check(gap >= 12, name, f"the questions keep off the line of the menu: {gap} pixels")
        check_contrast(browser, name, "light")
        shown = browser.run("return document.querySelectorAll('figure:not([hidden]) svg').length")
        places = browser.run("return document.querySelectorAll('figure:not([hidden])').length")
        check(shown == places, name, "every place that is shown has its picture")
        names = browser.run("return Array.prototype.map.call("
                            "document.querySelectorAll('svg title'), e => e.textContent)")
        check(not names, name, f"no inner name of gnuplot pops up over a picture: {names[:3]}")
        check_tables(browser, name)
        check_keyboard(browser, name)
        pdf = browser.print()
        check_print(pdf, name, folder)
        if keep:
            with open(os.path.join(keep, label(name) + ".pdf"), "wb") as stream:
                stream.write(pdf)
        check_breaks(browser, name, folder)
        complaints = browser.complaints()
        check(not complaints, name, f"the console is silent: {complaints[:3]}")


def check_dark_scheme(names, keep):
    with Browser(dark=True) as browser:
        for name in names:
            browser.size(WIDTHS[1], 900)
            browser.open(name)
            check_dark(browser, name)
            check_contrast(browser, name, "dark")
            if keep:
                shot(browser, keep, name, "dark")


def label(name):
    return os.path.basename(os.path.dirname(os.path.abspath(name)))


def shot(browser, folder, name, what):
    browser.size(360 if what.endswith("360") else 1400,
                 browser.run("return document.documentElement.scrollHeight"))
    with open(os.path.join(folder, f"{label(name)}-{what}.png"), "wb") as stream:
        stream.write(browser.picture())


def main(arguments):
    keep = None
    if "--pictures" in arguments:
        place = arguments.index("--pictures")
        keep = arguments[place + 1]
        del arguments[place:place + 2]
    if not arguments:
        print(__doc__)
        return 2
    for name in arguments:
        with open(name, encoding="utf-8") as stream:
            check_file(name, stream.read())
    for name in arguments:
        check_light(name, keep)
    check_dark_scheme(arguments, keep)
    print(f"{len(arguments)} pages, {len(failures)} checks failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

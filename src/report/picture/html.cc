// The picture as a page: the findings beside it, and a click on one shows where it is. Everything is inside the file.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>
#include <set>

#include "report/picture/writers.h"

namespace halint::picture {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>halint graph</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; display: flex; height: 100vh; font: 14px/1.45 system-ui, sans-serif; }
main { flex: 1; overflow: auto; }
nav { width: 24rem; flex: none; overflow: auto; border-left: 1px solid #8886; padding: 0 1rem; box-sizing: border-box; }
nav h1 { font-size: 1.1rem; }
nav button { display: block; width: 100%; text-align: left; font: inherit; color: inherit; background: none;
  border: 1px solid #8886; border-left-width: 4px; border-radius: 4px; padding: .4rem .6rem; margin: 0 0 .5rem; cursor: pointer; }
nav button[aria-pressed=true] { outline: 2px solid #1c7ed6; }
nav .error { border-left-color: #e03131; } nav .warning { border-left-color: #e8a200; } nav .note { border-left-color: #1c7ed6; }
nav code { font-size: .85em; overflow-wrap: anywhere; } nav small { opacity: .75; overflow-wrap: anywhere; }
body.chosen svg.halint g.box, body.chosen svg.halint g.frame { opacity: .35; }
body.chosen svg.halint g.chosen { opacity: 1; }
svg.halint g.chosen > rect.body { stroke-width: 5px; }
</style>
</head>
<body>
<main>
)";

// `data-findings` of a box lists the numbers of the findings that it is part of.
constexpr std::string_view kScript = R"(<script>
const buttons = [...document.querySelectorAll("nav button")];
const shapes = [...document.querySelectorAll("[data-findings]")];
function choose(button) {
  const chosen = button && button.getAttribute("aria-pressed") !== "true" ? button : null;
  for (const other of buttons) other.setAttribute("aria-pressed", String(other === chosen));
  document.body.classList.toggle("chosen", chosen !== null);
  let first = null;
  for (const shape of shapes) {
    const here = chosen !== null && shape.dataset.findings.split(" ").includes(chosen.dataset.finding);
    shape.classList.toggle("chosen", here);
    if (here && first === null) first = shape;
  }
  if (first) first.scrollIntoView({block: "center", inline: "center", behavior: "smooth"});
}
for (const button of buttons) button.addEventListener("click", () => choose(button));
document.addEventListener("keydown", event => { if (event.key === "Escape") choose(null); });
</script>
</body>
</html>
)";

}  // namespace

std::string write_html(const Drawing& drawing, const Report& report, const Sources& sources) {
  std::string page(kHead);
  page += write_svg(drawing, report);
  fmt::format_to(std::back_inserter(page), "</main>\n<nav aria-label=\"findings\">\n<h1>{}</h1>\n",
                 report.findings.empty() ? "No findings" : fmt::format("Findings: {}", report.findings.size()));
  std::set<std::size_t> drawn;
  for (const Scene& scene : drawing.scenes) {
    for (const Thing& thing : scene.things) drawn.insert(thing.findings.begin(), thing.findings.end());
  }
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    std::string place;
    if (finding.span.is_known())
      place = fmt::format("{}:{}", sources.path(finding.span.file), sources.begin_of(finding.span).line);
    fmt::format_to(std::back_inserter(page),
                   "<button type=\"button\" class=\"{0}\" data-finding=\"{1}\" aria-pressed=\"false\"><b>{0}</b> "
                   "<code>{2}</code><br>{3}<br><small>{4}{5}</small></button>\n",
                   name_of(finding.severity), i, escape_xml(finding.rule), escape_xml(finding.message),
                   escape_xml(place), drawn.contains(i) ? "" : " · not in the picture");
  }
  page += "</nav>\n";
  page += kScript;
  return page;
}

}  // namespace halint::picture

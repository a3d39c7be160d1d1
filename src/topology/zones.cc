// Availability Zone terms: made from values, compared, and counted.
// SPDX-License-Identifier: Apache-2.0
#include "topology/zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace halint {
namespace {

using Kind = ZoneTerm::Kind;

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

Value made(Arena& arena, const ZoneTerm& term, const Span& origin) {
  return Value::zone(arena.make<ZoneTerm>(term), origin);
}

// The term of a thing that has an identity but no value.
ZoneTerm term_of_symbol(Arena& arena, const Unknown& unknown) {
  const Symbol& symbol = *unknown.symbol;
  ZoneTerm term{.kind = Kind::kSymbol, .text = {}, .why = &unknown};
  if (!symbol.path.empty()) {
    const Step& last = symbol.path.back();
    if (last.kind == Step::Kind::kIndex || last.kind == Step::Kind::kElement) {
      Symbol list = symbol;
      list.path = symbol.path.first(symbol.path.size() - 1);
      term.kind = Kind::kElement;
      term.wraps = last.kind == Step::Kind::kElement;
      // A region's own list has no zone twice; a list that somebody passes in might.
      term.assumed = symbol.kind == Symbol::Kind::kVariable;
      term.text = arena.copy(to_text(list));
      term.index = last.index;
      return term;
    }
  }
  term.text = arena.copy(to_text(symbol));
  return term;
}

// "${var.region}a": a letter in a region that is not known. Unset if some hole has no identity.
std::optional<ZoneTerm> term_of_template(Arena& arena, const Value& text) {
  std::string whole;
  const Unknown* why = nullptr;
  for (const Value& part : text.items()) {
    if (part.is(ValueKind::kString)) {
      whole += part.as_string();
      continue;
    }
    if (part.symbol() == nullptr) return std::nullopt;
    if (why == nullptr) why = &part.why();
    whole += fmt::format("${{{}}}", to_text(*part.symbol()));
  }
  ZoneTerm term{.kind = Kind::kSymbol, .text = {}, .why = why};
  if (text.items().back().is(ValueKind::kString) && is_letter(whole.back())) {
    term.kind = Kind::kRegional;
    term.index = whole.back();
    whole.pop_back();
  }
  term.text = arena.copy(whole);
  return term;
}

// The term of one of the two attributes that name a zone. Unset if the attribute says nothing.
std::optional<Value> named_zone(Arena& arena, const Value& value, Kind literal) {
  if (value.is_unset()) return std::nullopt;
  if (value.is(ValueKind::kString)) {
    if (value.as_string().empty()) return std::nullopt;
    return made(arena, {.kind = literal, .text = value.as_string()}, value.origin());
  }
  if (value.is(ValueKind::kTemplate)) {
    if (std::optional<ZoneTerm> term = term_of_template(arena, value)) return made(arena, *term, value.origin());
    for (const Value& part : value.items()) {
      if (part.is_unknown()) return Value::unknown(&part.why(), value.origin());
    }
  }
  if (value.is_unknown()) {
    if (value.symbol() == nullptr) return value;
    return made(arena, term_of_symbol(arena, value.why()), value.origin());
  }
  if (value.is(ValueKind::kZone)) return value;
  return Value::unknown(arena, {.reason = UnknownReason::kInvalid, .detail = "a zone must be a string", .decide = {}},
                        value.origin());
}

// Both are elements of one list, which has at least `length` items. The list is indexed with `[ ]`, which fails
// beyond the end, or with element(), which starts again there.
Truth same_element(const ZoneTerm& a, const ZoneTerm& b, std::int64_t length) {
  if (a.index == b.index) return Truth::kTrue;
  if (!a.wraps && !b.wraps) return Truth::kFalse;
  if (!a.wraps) length = std::max(length, a.index + 1);
  if (!b.wraps) length = std::max(length, b.index + 1);
  // They meet if some possible length divides their distance; the distance itself is the longest that does. An index
  // that does not wrap is below every possible length, so only a larger one can wrap onto it.
  const ZoneTerm& larger = a.index > b.index ? a : b;
  std::int64_t distance = a.index < b.index ? b.index - a.index : a.index - b.index;
  return larger.wraps && distance >= length ? Truth::kUnknown : Truth::kFalse;
}

// Terms with equal keys are definitely the same zone.
using ClassKey = std::tuple<Kind, std::string_view, std::int64_t>;

ClassKey class_of(const ZoneTerm& term) {
  return {term.kind, term.text, term.index};
}

// How many elements of one list, or letters of one region, are pairwise distinct, at least.
double distinct_elements(const std::map<std::int64_t, const ZoneTerm*>& elements, int region_zones) {
  constexpr std::size_t kEnough = 64;  // No region has as many zones; comparing more would cost and say nothing.
  std::vector<const ZoneTerm*> chosen;
  for (const auto& entry : elements) {
    const ZoneTerm* element = entry.second;
    bool is_new = std::all_of(chosen.begin(), chosen.end(), [&](const ZoneTerm* other) {
      return same_zone(*element, *other, region_zones) == Truth::kFalse;
    });
    if (is_new) chosen.push_back(element);
    if (chosen.size() >= kEnough) break;
  }
  return static_cast<double>(chosen.size());
}

}  // namespace

Value zone_of(Arena& arena, const Value& name, const Value& zone_id, std::string_view owner) {
  if (std::optional<Value> zone = named_zone(arena, name, Kind::kName)) return *zone;
  if (std::optional<Value> zone = named_zone(arena, zone_id, Kind::kZoneId)) return *zone;
  const Unknown* why = arena.make<Unknown>(
      Unknown{.reason = UnknownReason::kComputed,
              .detail = arena.copy(fmt::format("`{}` names no Availability Zone, so AWS picks one", owner)),
              .decide = {}});
  return made(arena, {.kind = Kind::kFree, .text = arena.copy(owner), .why = why}, {});
}

Truth same_zone(const ZoneTerm& a, const ZoneTerm& b, int region_zones) {
  if (a.kind != b.kind) return Truth::kUnknown;
  switch (a.kind) {
    case Kind::kName:
    case Kind::kZoneId:
      return a.text == b.text ? Truth::kTrue : Truth::kFalse;
    case Kind::kElement:
      return a.text == b.text ? same_element(a, b, region_zones) : Truth::kUnknown;
    case Kind::kRegional:
      if (a.text != b.text) return Truth::kUnknown;
      return a.index == b.index ? Truth::kTrue : Truth::kFalse;
    case Kind::kSymbol:
    case Kind::kFree:
      // The zone of one and the same node is one zone, whichever AWS picks.
      return a.text == b.text ? Truth::kTrue : Truth::kUnknown;
  }
  return Truth::kUnknown;
}

Interval distinct_zones(const Value& zones, int region_zones) {
  if (!zones.is(ValueKind::kList) && !zones.is(ValueKind::kSet)) return {.why = why_uncertain(zones)};
  // The certain terms, by the list, region or name that they stem from, and their index in it.
  std::map<std::pair<Kind, std::string_view>, std::map<std::int64_t, const ZoneTerm*>> sources;
  std::set<ClassKey> classes;
  double unknown_items = 0;
  double lower = 0;
  for (const Value& item : zones.items()) {
    if (!item.is_maybe()) lower = 1;
    if (!item.is(ValueKind::kZone)) {
      ++unknown_items;
      continue;
    }
    const ZoneTerm& term = item.as_zone();
    classes.insert(class_of(term));
    if (item.is_maybe()) continue;
    auto [found, is_new] = sources[{term.kind, term.text}].emplace(term.index, &term);
    // Of one index, the term that does not wrap says more: the list is that long.
    if (!is_new && !term.wraps) found->second = &term;
  }

  // Literal names are distinct from each other; so are elements of one list, but not of two.
  double names = 0, zone_ids = 0;
  for (const auto& [source, terms] : sources) {
    if (source.first == Kind::kName) ++names;
    if (source.first == Kind::kZoneId) ++zone_ids;
    if (terms.size() > 1) lower = std::max(lower, distinct_elements(terms, region_zones));
  }
  lower = std::max({lower, names, zone_ids});
  double upper = static_cast<double>(classes.size()) + unknown_items;
  if (zones.rest() != nullptr) upper = std::numeric_limits<double>::infinity();
  return {.lower = lower, .upper = upper, .why = lower < upper ? why_uncertain(zones) : nullptr};
}

const Unknown* why_uncertain(const Value& zones) {
  if (zones.is_unknown()) return &zones.why();
  if (zones.is(ValueKind::kZone)) return zones.as_zone().why;
  if (!zones.is(ValueKind::kList) && !zones.is(ValueKind::kSet)) return nullptr;
  if (zones.rest() != nullptr) return zones.rest();
  for (const Value& item : zones.items()) {
    if (item.is_unknown()) return &item.why();
    if (item.is(ValueKind::kZone) && item.as_zone().why != nullptr) return item.as_zone().why;
  }
  return nullptr;
}

}  // namespace halint

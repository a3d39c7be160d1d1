// What an attribute is worth: the one value type that Terraform, CloudFormation, the graph, topology and CEL share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/span.h"

namespace halint {

enum class ValueKind : std::uint8_t {
  kAbsent,  // Not written at all. Not unknown: the schema knows the format's default.
  kNull,    // Terraform's `null`, CloudFormation's `AWS::NoValue`, CEL's `null`.
  kBool,
  kNumber,
  kString,
  kTemplate,  // A string of which some parts are unknown: "${aws_vpc.x.id}-db".
  kList,      // Ordered: Terraform list and tuple, CloudFormation list, CEL list.
  kSet,       // Terraform set: unique, in Terraform's order.
  kMap,       // Terraform map and object, CloudFormation map, CEL map. Members are sorted by key.
  kInterval,  // A number of which only bounds are known.
  kUnknown,   // Cannot be known statically. Says why, and what it stands for (`Unknown::symbol`).
  kNode,      // A node of the graph (results of edges and topology facts).
  kZone,      // An Availability Zone term (topology/zones.h gives it meaning).
};

// Why a value cannot be known.
enum class UnknownReason : std::uint8_t {
  kVariable,      // A variable or parameter without default and without value.
  kData,          // Read from the cloud (data source, `{{resolve:...}}`).
  kComputed,      // Set by AWS when the resource is made (`aws_vpc.x.id`).
  kExternal,      // Behind something that is not in the workspace: module not installed, nested stack, import.
  kImpure,        // Differs from run to run (`timestamp()`, `uuid()`).
  kInvalid,       // The expression is wrong; a diagnostic says so.
  kLimit,         // A limit was hit (docs/limits.md).
  kMultiplicity,  // Depends on an instance of an unknown `count` or `for_each`.
  kUnsupported,   // halint does not understand it: a bug of ours, counted as such.
};

class Value;

// One step from a thing to its part: `.id`, `[0]`, `["a"]`, `element(_, 7)`, `[*]`, `[?]`.
struct Step {
  enum class Kind : std::uint8_t {
    kAttribute,  // `.name` or `["name"]`
    kIndex,      // `[index]`: fails beyond the end, so different indexes are different elements
    kElement,    // `element(list, index)`: wraps around at the unknown length
    kSplat,      // `[*]`: all of them
    kSome,       // `[?]`: one of them, an index that is unknown; `name` is the text of the index ("count.index")
  };
  Kind kind = Kind::kAttribute;
  std::string_view name;
  std::int64_t index = 0;
  friend bool operator==(const Step&, const Step&) = default;
};

// The identity of something whose content is unknown: two equal symbols are the same thing.
struct Symbol {
  enum class Kind : std::uint8_t {
    kVariable,  // `var.azs`, a CloudFormation parameter; address "var.azs" or "module.net.var.azs"
    kResource,  // an attribute of a managed resource; address "module.net.aws_subnet.public[0]"
    kData,      // an attribute of a data source; address "data.aws_availability_zones.available"
    kModule,    // an output of a module that was not read; address "module.vpc"
    kCall,      // a call whose arguments name it: "Fn::GetAZs:us-east-1", "sort(data.x.names)"
  };
  Kind kind = Kind::kVariable;
  std::string_view address;
  std::span<const Step> path;
};
bool operator==(const Symbol& a, const Symbol& b);

// What is known of an unknown string's shape, so that a test of its form can be decided (`regexall("^[a-z]{2}-", az)`).
enum class Shape : std::uint8_t { kAny, kZoneName, kZoneId, kRegion, kArn, kAccountId };

struct Unknown {
  UnknownReason reason = UnknownReason::kUnsupported;
  std::string_view detail;         // A sentence for the user: "`var.az_count` has no default and no value".
  std::string_view decide;         // The input that would decide it: "--var az_count". Empty if there is none.
  const Symbol* symbol = nullptr;  // What it stands for. Null if it has no identity.
  Shape shape = Shape::kAny;
};

// Bounds of a number, both inclusive. `upper` may be infinity.
struct Interval {
  double lower = 0;
  double upper = std::numeric_limits<double>::infinity();
  const Unknown* why = nullptr;  // Why no more is known. Null where nobody said.
};

struct NodeId {
  std::uint32_t index = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

// An Availability Zone.
struct ZoneTerm {
  enum class Kind : std::uint8_t {
    kName,      // `text` = "eu-west-1a"
    kZoneId,    // `text` = "euw1-az1"
    kElement,   // element `index` of the list `text`; `wraps`: taken by element(), so modulo an unknown length
    kRegional,  // zone letter `index` ('a') of the region that `text` stands for: "${var.region}a"
    kSymbol,    // a scalar that is not known; `text` is its identity
    kFree,      // no zone given: AWS picks; `text` is the node's address
  };
  Kind kind = Kind::kFree;
  bool wraps = false;
  bool assumed = false;  // Distinct from its siblings only if the list has no duplicates.
  std::string_view text;
  std::int64_t index = 0;
  const Unknown* why = nullptr;  // Why it is not known which zone it is. Null for kName and kZoneId.
};

struct Member;

// Where a value is written down, and why it is what it is, are part of it: `origin` is the span of the literal
// that decided it (the default of a variable, a line of a tfvars file), not of the reference to it.
//
// A Value is 24 bytes, trivially copyable, and points into the Arena that made it, which must outlive it.
class Value {
 public:
  Value() = default;  // Absent.

  static Value absent() { return {}; }
  static Value null(Span origin = {});
  static Value boolean(bool value, Span origin = {});
  static Value integer(std::int64_t value, Span origin = {});
  static Value real(double value, Span origin = {});  // An integral value becomes an integer.
  // A number with more digits than a double has: all of them in `digits`, without exponent, and the nearest double.
  static Value long_number(Arena& arena, std::string_view digits, double near, Span origin = {});
  // `text` must live as long as the value: in the source text or copied into the arena.
  static Value string(Arena& arena, std::string_view text, Span origin = {});
  // Adjacent known parts are joined; a template without unknown part becomes a string.
  static Value text_template(Arena& arena, std::span<const Value> parts, Span origin = {});
  static Value list(Arena& arena, std::span<const Value> items, Span origin = {}, const Unknown* rest = nullptr);
  // Requires: `items` unique and in order (the maker sorts; terraform/convert.h knows Terraform's order).
  static Value set(Arena& arena, std::span<const Value> items, Span origin = {}, const Unknown* rest = nullptr);
  // Sorts by key; of equal keys the last one wins.
  static Value map(Arena& arena, std::vector<Member> members, Span origin = {});
  static Value interval(Arena& arena, Interval bounds, Span origin = {});
  static Value unknown(const Unknown* why, Span origin = {});
  static Value unknown(Arena& arena, const Unknown& why, Span origin = {});
  static Value node(NodeId id, Span origin = {});
  static Value zone(const ZoneTerm* term, Span origin = {});

  ValueKind kind() const { return kind_; }
  bool is(ValueKind kind) const { return kind_ == kind; }
  bool is_absent() const { return kind_ == ValueKind::kAbsent; }
  bool is_null() const { return kind_ == ValueKind::kNull; }
  // Absent or null: nothing was given.
  bool is_unset() const { return is_absent() || is_null(); }
  bool is_unknown() const { return kind_ == ValueKind::kUnknown; }
  // The content is completely known, also inside lists and maps.
  bool is_wholly_known() const;

  // Requires of each: the kind that it names.
  bool as_bool() const;
  bool is_integer() const;          // kNumber held exactly as 64-bit integer.
  std::int64_t as_integer() const;  // Truncates a real.
  double as_number() const;
  std::string_view digits() const;  // Of a long number; empty of all others.
  std::string_view as_string() const;
  std::span<const Value> items() const;             // kList, kSet; the parts of kTemplate.
  std::span<const Member> members() const;          // kMap, sorted by key.
  const Value& member(std::string_view key) const;  // kMap; absent if there is none.
  const Unknown& why() const;                       // kUnknown.
  Interval bounds() const;                          // kNumber or kInterval.
  NodeId as_node() const;
  const ZoneTerm& as_zone() const;

  // kList, kSet: non-null if there may be further items than `items()`, and why they are not known.
  const Unknown* rest() const;
  // The symbol of an unknown, or null.
  const Symbol* symbol() const;

  const Span& origin() const { return origin_; }
  Value with_origin(Span origin) const;
  // Never print the content (Terraform `sensitive`).
  bool is_sensitive() const { return (flags_ & kSensitive) != 0; }
  Value with_sensitive(bool sensitive = true) const;
  // As an item of a list: may or may not be in it. `size()` of a list counts such items as [0, 1].
  bool is_maybe() const { return (flags_ & kMaybe) != 0; }
  Value with_maybe(bool maybe = true) const;
  // kList, kMap: Terraform's list and map, whose elements have one type, not its tuple and object. Only its `==` and
  // its conversions see the difference.
  bool is_uniform() const { return (flags_ & kUniform) != 0; }
  Value with_uniform(bool uniform = true) const {
    Value copy = *this;
    copy.flags_ = static_cast<std::uint8_t>(uniform ? flags_ | kUniform : flags_ & ~kUniform);
    return copy;
  }

 private:
  struct ListData;
  struct MapData;
  struct LongNumber;
  static constexpr std::uint8_t kSensitive = 1, kMaybe = 2, kIsInteger = 4, kUniform = 8, kIsLong = 16;

  ValueKind kind_ = ValueKind::kAbsent;
  std::uint8_t flags_ = 0;
  Span origin_;
  union Payload {
    bool boolean;
    std::int64_t integer;
    double real;
    const LongNumber* number;
    const std::string_view* text;
    const ListData* list;
    const MapData* map;
    const Interval* interval;
    const Unknown* unknown;
    std::uint32_t node;
    const ZoneTerm* zone;
  } payload_{.integer = 0};
};
static_assert(sizeof(Value) == 24);

// One entry of a map: an attribute, a nested block, a key of an object.
struct Member {
  std::string_view key;
  Value value;
  Span span;  // The whole entry where it is written (`multi_az = false`), for underlining.
};

// Three truths: what a comparison of partly unknown things can say.
enum class Truth : std::uint8_t { kFalse, kTrue, kUnknown };
Truth operator!(Truth a);
Truth both(Truth a, Truth b);
Truth either(Truth a, Truth b);

// Deep equality. Equal symbols are equal; an unknown against anything else is kUnknown; numbers compare by value;
// a list and a set compare item by item. Origins do not matter.
Truth equal(const Value& a, const Value& b);

// For printing and as a key: JSON-like, unknowns as `(unknown: detail)`, sensitive as `(sensitive)`.
std::string to_text(const Value& value);
// `data.aws_availability_zones.x.names[0]`.
std::string to_text(const Symbol& symbol);

}  // namespace halint

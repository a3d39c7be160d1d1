// What is known of a value that AWS gives: the form of a zone name, of a region, of an ARN.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/shapes.h"

#include <string_view>

namespace halint {
namespace {

struct Form {
  std::string_view source;  // The type of a data source.
  std::string_view attribute;
  bool is_list;
  Shape shape;
};
constexpr Form kForms[] = {
    {"aws_availability_zones", "names", true, Shape::kZoneName},
    {"aws_availability_zones", "zone_ids", true, Shape::kZoneId},
    {"aws_availability_zone", "name", false, Shape::kZoneName},
    {"aws_availability_zone", "zone_id", false, Shape::kZoneId},
    {"aws_availability_zone", "region", false, Shape::kRegion},
    {"aws_region", "name", false, Shape::kRegion},
    {"aws_region", "id", false, Shape::kRegion},
    {"aws_region", "region", false, Shape::kRegion},
    {"aws_regions", "names", true, Shape::kRegion},
    {"aws_caller_identity", "account_id", false, Shape::kAccountId},
    {"aws_caller_identity", "id", false, Shape::kAccountId},
    {"aws_caller_identity", "arn", false, Shape::kArn},
    {"aws_subnet", "availability_zone", false, Shape::kZoneName},
    {"aws_subnet", "availability_zone_id", false, Shape::kZoneId},
    {"aws_instance", "availability_zone", false, Shape::kZoneName},
};

// "data.aws_region.current" in any module -> "aws_region".
std::string_view type_in(std::string_view address, Symbol::Kind kind) {
  std::size_t begin = 0;
  if (kind == Symbol::Kind::kData) {
    std::size_t data = address.rfind("data.");
    if (data == address.npos) return {};
    begin = data + 5;
  } else {
    std::size_t module = address.rfind("module.");
    if (module != address.npos) begin = address.find('.', module + 7) + 1;
  }
  std::string_view rest = address.substr(begin);
  return rest.substr(0, rest.find('.'));
}

}  // namespace

Shape shape_of(const Symbol& symbol) {
  if (symbol.kind != Symbol::Kind::kData && symbol.kind != Symbol::Kind::kResource) return Shape::kAny;
  if (symbol.path.empty()) return Shape::kAny;
  std::size_t first = symbol.path[0].kind == Step::Kind::kAttribute ? 0 : 1;  // `[?][some].name`
  if (first >= symbol.path.size()) return Shape::kAny;
  std::string_view attribute = symbol.path[first].name;
  std::size_t more = symbol.path.size() - first - 1;
  if (more == 0 && attribute == "arn") return Shape::kArn;
  std::string_view type = type_in(symbol.address, symbol.kind);
  for (const Form& form : kForms) {
    if (form.source != type || form.attribute != attribute) continue;
    bool is_element = more == 1 && symbol.path.back().kind != Step::Kind::kAttribute;
    // The list itself has the shape of its elements, so that functions can hand it on.
    if (form.is_list ? more == 0 || is_element : more == 0) return form.shape;
  }
  return Shape::kAny;
}

Value with_shape(Arena& arena, const Value& unknown) {
  const Unknown& why = unknown.why();
  if (why.symbol == nullptr) return unknown;
  Shape shape = shape_of(*why.symbol);
  if (shape == why.shape) return unknown;
  Unknown shaped = why;
  shaped.shape = shape;
  Value result = Value::unknown(arena, shaped, unknown.origin());
  return unknown.is_sensitive() ? result.with_sensitive() : result;
}

}  // namespace halint

// Terraform's functions on JSON and YAML documents.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "terraform/functions/decode_json.h"
#include "terraform/functions/function_table.h"
#include "terraform/functions/json_text.h"
#include "terraform/functions/yaml_scalar.h"
#include "terraform/functions/yaml_text.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

Value jsonencode(const Call& call) {
  Value text = encode_json(call.arena, call[0]);
  if (text.is_absent()) return call.unknown();
  if (text.is(ValueKind::kString) && call.exceeds_bytes(text.as_string().size())) return call.too_large("a string");
  return text;
}

Value jsondecode(const Call& call) {
  if (call[0].is_unknown()) return call.unknown();
  std::string problem;
  Value value = decode_json(call, call[0], problem);
  return problem.empty() ? value : call.fail(problem);
}

Value yamlencode(const Call& call) {
  if (first_unknown(call[0]) != nullptr) return call.unknown();
  std::optional<std::string> text = to_yaml(call[0], call.context.limits.string_bytes);
  return text ? call.string(*text) : call.too_large("a string");
}

// Builds the value from yaml-cpp's events. An alias repeats a value without copying it, so what it weighs is counted:
// a small text may stand for a tree of billions.
class YamlBuilder : public YAML::EventHandler {
 public:
  explicit YamlBuilder(const Call& call) : call_(call) {}

  bool is_done() const { return has_result_; }
  const Value& result() const { return result_; }
  const std::string& problem() const { return problem_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override { finish(Value::null(), 1, anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    auto found = anchors_.find(anchor);
    if (found == anchors_.end()) return fail("an alias stands inside of its own anchor");
    finish(found->second.value, found->second.weight, 0);
  }
  void OnScalar(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
    std::string problem;
    Value value = resolve_yaml_scalar(call_.arena, tag, text, problem);
    if (!problem.empty()) return fail(problem);
    bool is_merge = tag == "?" && text == "<<";
    finish(value, 1, anchor, is_merge);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(false, tag, anchor);
  }
  void OnSequenceEnd() override {
    Frame frame = end();
    finish(call_.tuple(frame.items).with_origin(call_.span), frame.weight, frame.anchor);
  }
  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(true, tag, anchor);
  }
  void OnMapEnd() override {
    Frame frame = end();
    finish(Value::map(call_.arena, std::move(frame.members), call_.span), frame.weight, frame.anchor);
  }

 private:
  struct Frame {
    bool is_map = false;
    YAML::anchor_t anchor = 0;
    std::uint64_t weight = 1;
    std::vector<Value> items;
    std::vector<Member> members;
    bool has_key = false;
    bool is_merge = false;
    std::string_view key;
  };
  struct Anchored {
    Value value;
    std::uint64_t weight = 1;
  };

  void fail(std::string message) {
    if (problem_.empty()) problem_ = std::move(message);
  }

  void start(bool is_map, const std::string& tag, YAML::anchor_t anchor) {
    std::string_view wanted = is_map ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq";
    if (!tag.empty() && tag != "?" && tag != wanted) fail(fmt::format("the tag {} is not supported", tag));
    frames_.emplace_back();
    frames_.back().is_map = is_map;
    frames_.back().anchor = anchor;
  }

  Frame end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    return frame;
  }

  void take_key(Frame& frame, const Value& value, bool is_merge) {
    std::string error;
    Value key = to_string(call_.arena, value, error);
    if (!error.empty()) return fail("only strings are keys of a mapping");
    if (key.is_unset()) return fail("a key of a mapping is null");
    frame.has_key = true;
    frame.is_merge = is_merge;
    frame.key = key.as_string();
  }

  void finish(const Value& value, std::uint64_t weight, YAML::anchor_t anchor, bool is_merge = false) {
    if (!problem_.empty()) return;
    if (anchor != 0) anchors_[anchor] = {value, weight};
    if (frames_.empty()) {
      if (has_result_) return fail("there is more than one document");
      has_result_ = true;
      result_ = value;
      return;
    }
    Frame& frame = frames_.back();
    frame.weight += weight;
    if (call_.exceeds_items(frame.weight)) return fail("the document has more items than the limit");
    if (!frame.is_map) {
      frame.items.push_back(value);
    } else if (!frame.has_key) {
      take_key(frame, value, is_merge);
    } else if (frame.is_merge) {
      frame.has_key = false;
      if (!value.is(ValueKind::kMap)) return fail("only a mapping can be merged into a mapping");
      frame.members.insert(frame.members.end(), value.members().begin(), value.members().end());
    } else {
      frame.has_key = false;
      frame.members.push_back({frame.key, value, {}});
    }
  }

  const Call& call_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  bool has_result_ = false;
  Value result_;
  std::string problem_;
};

Value yamldecode(const Call& call) {
  YamlBuilder builder(call);
  std::string problem;
  try {
    std::istringstream input{std::string(call.text(0))};
    YAML::Parser parser(input);
    while (problem.empty() && parser.HandleNextDocument(builder)) problem = builder.problem();
  } catch (const YAML::Exception& exception) {
    problem = fmt::format("line {}: {}", exception.mark.line + 1, exception.msg);
  }
  if (problem.empty()) problem = builder.problem();
  if (problem.empty() && !builder.is_done()) problem = "the text holds no document";
  return problem.empty() ? builder.result() : call.fail(problem);
}

constexpr Function kFunctions[] = {
    {"jsondecode", "S", jsondecode},
    {"jsonencode", "v", jsonencode},
    {"yamldecode", "s", yamldecode},
    {"yamlencode", "v", yamlencode},
};

}  // namespace

std::span<const Function> encoding_functions() {
  return kFunctions;
}

}  // namespace halint

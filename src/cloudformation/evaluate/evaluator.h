// Evaluates one root template with its nested stacks in one world: one choice of the inputs that decide conditions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudformation/evaluate/workspace.h"
#include "graph/resource.h"

namespace halint {

// What one world takes an input for: one of the values that conditions compare it with, or none of them.
struct Choice {
  enum class Kind : std::uint8_t { kValue, kOther, kTrue, kFalse };
  std::string key;   // The input's identity, or the comparison's.
  std::string name;  // For people: "Environment".
  Kind kind = Kind::kValue;
  std::string value;                  // kValue
  std::vector<std::string> excluded;  // kOther
};
using World = std::vector<Choice>;

// An input whose value decides a condition and is not known.
struct Undecided {
  std::string key;
  std::string name;
  std::vector<std::string> values;   // What it is compared with.
  std::vector<std::string> allowed;  // All that it may be; empty: anything.
  bool is_truth = false;             // A comparison of two things that are not known: true or false.
};

// A parameter's value as it was given, and where.
struct GivenParameter {
  std::string value;
  Span origin;
};
using GivenParameters = std::map<std::string, GivenParameter, std::less<>>;

// The variable of an `Fn::ForEach`, in this round.
struct LoopVariable {
  std::string_view name;
  Value value;
  const LoopVariable* outer = nullptr;
};

// A resource, output or condition, loops written out.
struct Entry {
  std::string_view id;
  const TemplateNode* body = nullptr;
  const LoopVariable* loop = nullptr;
  Span header;
  Span whole;
};

// A parameter that a condition looked at, and where its value was set.
struct DecidingInput {
  Span origin;
  std::string_view text;  // "`Environment` is prod"
};

// A template at one place of the tree of stacks.
struct Stack {
  const TemplateFile* file = nullptr;
  std::string_view scope;  // "Network", "" for the root.
  int depth = 0;
  const Stack* parent = nullptr;
  std::vector<Span> via;
  std::map<std::string_view, Value> parameters;
  std::vector<Entry> resources, outputs;
  std::map<std::string_view, std::size_t> resource_index;
  std::map<std::string_view, const Entry*> output_index, condition_index;
  std::vector<Entry> conditions;
  std::map<std::string_view, Truth> decided;
  std::map<std::string_view, std::vector<DecidingInput>> deciding;  // By condition.
  std::map<std::string_view, Value> output_values;
  std::map<std::string, Value> attributes;  // Of resources, as far as the template sets them: "Vpc.CidrBlock".
  std::set<std::string_view> open_conditions, open_outputs;  // Being evaluated: guards against circles.
  std::map<std::string_view, std::unique_ptr<Stack>> children;
  std::map<std::string_view, std::string> problems;  // Of nested stacks that were not read.
};

class TemplateEvaluator {
 public:
  TemplateEvaluator(const CloudFormationWorkspace::State& workspace, const CloudFormationOptions& options,
                    const GivenParameters& given, const World& world, Configuration& into, std::uint64_t& steps);

  // All resources of the root and its nested stacks.
  void run(const TemplateFile& root);
  // The values of one property of the root's resources of a type: which templates it nests.
  std::vector<Value> property_of_all(const TemplateFile& root, std::string_view type, std::string_view property);
  // What a template exports when it is a stack of its own.
  std::vector<Export> exports_of(const TemplateFile& file);
  // Inputs without value that decided something, in the order in which they were met.
  std::vector<Undecided> take_undecided() { return std::move(undecided_); }

 private:
  using Node = TemplateNode;
  using Loop = LoopVariable;

  // Stacks (stacks.cc)
  std::unique_ptr<Stack> make_stack(const TemplateFile& file, std::string_view scope, const Stack* parent);
  void expand_entries(Stack& stack, const Node* section, std::vector<Entry>& into, const Loop* loop, int depth);
  void expand_loop(Stack& stack, const TemplateMember& member, std::vector<Entry>& into, const Loop* loop, int depth);
  void fill(Stack& stack);
  Stack* child_of(Stack& stack, const Entry& entry);
  Value output_of(Stack& stack, const Entry& entry, std::string_view name, Span span);
  void emit(Stack& stack);
  void add_decisions(Stack& stack, const Entry& entry);
  void emit_resource(Stack& stack, const Entry& entry);
  void emit_opaque(Stack& stack, const Entry& entry, std::string source, std::string reason, const Node* inputs);
  Value body_of(Stack& stack, const Entry& entry);

  // Parameters (parameters.cc)
  void set_root_parameters(Stack& stack);
  void set_child_parameters(Stack& stack, Stack& parent, const Node* given, const Loop* loop);
  Value parameter_value(Stack& stack, std::string_view name, const Node& declaration, const GivenParameter* given);
  Value typed(std::string_view type, Value value);

  // Expressions (expressions.cc)
  Value evaluate(Stack& stack, const Node& node, const Loop* loop, bool in_list = false);
  Value evaluate_map(Stack& stack, const Node& node, const Loop* loop);
  Value evaluate_list(Stack& stack, const Node& node, const Loop* loop);
  Value evaluate_text(const Node& node, const Loop* loop);
  Value call(Stack& stack, std::string_view function, const Node& node, const Loop* loop, bool in_list);
  Value reference(Stack& stack, std::string_view name, const Loop* loop, Span span);
  Value pseudo_parameter(Stack& stack, std::string_view name, Span span);
  Value get_attribute(Stack& stack, std::string_view id, std::string_view attribute, Span span);
  Value attribute_call(Stack& stack, const Node& node, const Loop* loop);
  Value substitute(Stack& stack, const Node& node, const Loop* loop);
  Value choose(Stack& stack, const Node& node, const Loop* loop, bool in_list);
  Value find_in_map(Stack& stack, const Node& node, const Loop* loop);
  std::string_view filled_in(std::string_view text, const Loop* loop);
  Value resource_symbol(Stack& stack, std::string_view id, std::string_view attribute, Span span);

  // Functions of values (functions.cc)
  Value join(const Value& delimiter, const Value& list, Span span);
  Value split(const Value& delimiter, const Value& text, Span span);
  Value select(const Value& index, const Value& list, Span span);
  Value cidr(std::span<const Value> arguments, Span span);
  Value zones(const Value& region, Span span);
  Value length(const Value& list, Span span);
  Value to_json(const Value& value, Span span);
  Value base64(const Value& text, Span span);
  // Not known because something of `arguments` is not; two calls of the same things are the same thing.
  Value unknown_call(std::string_view function, std::span<const Value> arguments, Span span, Shape shape = Shape::kAny);
  Value invalid(Span span, std::string detail);
  Value unknown(UnknownReason reason, std::string detail, Span span);
  Value unknown_of(Symbol::Kind kind, std::string_view address, std::span<const Step> path, Unknown why, Span span);

  // Exports of other templates (imports.cc)
  Value import_value(Stack& stack, const Value& name, Span span);
  Stack& foreign_stack(const TemplateFile& file);

  // Conditions (conditions.cc)
  Truth condition(Stack& stack, std::string_view name, Span span);
  Truth truth(Stack& stack, const Node& node, const Loop* loop, int depth);
  Truth are_equal(Stack& stack, const Value& a, const Value& b);
  Truth compare_input(const std::string& key, const std::string& name, const std::string& text);
  const Choice* choice_of(std::string_view key) const;
  void note_undecided(const std::string& key, const std::string& name, const std::string* value, bool is_truth);

  bool spend();
  std::string_view keep(std::string_view text) { return arena_.copy(text); }
  std::string_view scoped(const Stack& stack, std::string_view name);

  const CloudFormationWorkspace::State& workspace_;
  const CloudFormationOptions& options_;
  const GivenParameters& given_;
  const World& world_;
  Configuration& into_;
  Arena& arena_;
  std::uint64_t& steps_;
  int depth_ = 0;
  std::vector<DecidingInput> inputs_;  // Parameters that were looked at, while a condition is evaluated.
  bool is_evaluating_condition_ = false;
  bool is_spent_ = false;
  std::vector<Undecided> undecided_;
  std::map<std::string, std::vector<std::string>, std::less<>> allowed_;  // Input -> its AllowedValues.
  std::vector<std::unique_ptr<LoopVariable>> loops_;
  std::unique_ptr<Stack> root_;
  std::map<const TemplateFile*, std::unique_ptr<Stack>> foreign_;
};

// The text of a scalar that is known: a truth value as `true`.
std::optional<std::string> text_of(const Value& value);
// Equal for equal things, also for those that are not known but have an identity; else empty.
std::string identity_of(const Value& value);
// The first unknown in a value; null if it is wholly known.
const Unknown* unknown_in(const Value& value);

}  // namespace halint

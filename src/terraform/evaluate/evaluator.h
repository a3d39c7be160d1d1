// Evaluates one root module: from syntax to the resources that Terraform would plan.
//
// Everything is lazy and remembered: a local, a variable, an attribute of a resource is computed when something asks
// for it, once. What asks for itself is a cycle. An object that only Terraform could fill in, such as a whole resource,
// is an unknown value whose symbol names it; taking an attribute of such a value leads back here (`attribute_of`), so
// resources and module calls can be passed around as values without computing all of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/arena.h"
#include "graph/resource.h"
#include "terraform/evaluate/remote_state.h"
#include "terraform/evaluate/workspace.h"
#include "terraform/functions/functions.h"
#include "terraform/modules/module.h"
#include "terraform/syntax/ast.h"
#include "terraform/values/convert.h"

namespace halint {

// Evaluates the root module in directory `root`.
Configuration evaluate_root(const TerraformWorkspace::State& workspace, const std::string& root,
                            const TerraformOptions& options);

// A name of a `for` expression, a dynamic block or a template, and its value. The innermost one comes first.
struct Binding {
  std::string_view name;
  Value value;
  const Binding* next = nullptr;
};

// What `count.index`, `each.key` and `each.value` mean. Absent where they mean nothing.
struct Repetition {
  Value count_index;
  Value each_key;
  Value each_value;
};

struct ModuleInstance;
struct Instance;

// True for the result of an expression that is wrong: what `try` and `can` look for.
inline bool is_invalid(const Value& value) {
  return value.is_unknown() && value.why().reason == UnknownReason::kInvalid;
}

// Where an expression stands, and so what its names mean.
struct Frame {
  ModuleInstance* module = nullptr;  // Null inside of a template file, which sees nothing but its bindings.
  const Repetition* repetition = nullptr;
  const Binding* bindings = nullptr;
  Instance* self = nullptr;
};

// A value that is computed at most once.
struct Slot {
  enum class State : std::uint8_t { kNew, kRunning, kDone };
  State state = State::kNew;
  Value value;
};

// One of the things that a block with `count` or `for_each` makes.
struct Key {
  Repetition repetition;
  std::string suffix;  // `[0]`, `["a"]`, `[?]`, nothing.
  Multiplicity multiplicity;
  bool is_summary = false;
  std::string member;  // The key of a for_each.
};

// What `count` or `for_each` means.
struct Keys {
  enum class Form : std::uint8_t { kSingle, kCount, kForEach };
  Form form = Form::kSingle;
  std::vector<Key> keys;
  Value collection;              // kForEach: what is iterated over.
  const Unknown* why = nullptr;  // Why there is a summary.
};

// What a declaration with `keys` is as a value: one object, a list, a map of `objects`, or what is known of them.
Value collect_objects(Arena& arena, const Keys& keys, const std::vector<Value>& objects);

// How many things there are if each of `a` holds `b`.
Multiplicity operator*(const Multiplicity& a, const Multiplicity& b);

// One instance of a resource or data source.
struct Instance {
  ModuleInstance* module = nullptr;
  const ResourceDeclaration* declaration = nullptr;
  std::string_view address;
  Repetition repetition;
  Multiplicity multiplicity;
  bool is_summary = false;
  Keys::Form form = Keys::Form::kSingle;
  Value collection;                                           // Of a summary of a for_each.
  std::vector<std::pair<std::string_view, Slot>> attributes;  // Computed so far.
};

// All instances of one declaration.
struct Expansion {
  Slot slot;  // What `aws_subnet.public` is: an object, a list, a map of them.
  std::vector<Instance*> instances;
};

struct ModuleExpansion {
  Slot slot;
  std::vector<ModuleInstance*> instances;
};

// One instance of a module call; the root is one too.
struct ModuleInstance {
  const Module* module = nullptr;
  ModuleInstance* parent = nullptr;
  const ModuleCall* call = nullptr;
  std::string_view address;  // "", "module.net[0]".
  std::string key;           // The calls that lead here without instance keys: "net.subnets", as modules.json has it.
  std::uint32_t depth = 0;
  Repetition repetition;  // Of the call.
  Multiplicity multiplicity;
  bool is_summary = false;
  std::vector<Span> via;
  std::map<std::string, std::string, std::less<>> providers;  // Local name -> identity.
  std::vector<Slot> variables, locals, outputs;
  std::vector<Expansion> resources;
  std::vector<ModuleExpansion> calls;
};

// What roots tell each other through remote states. Each is evaluated once for the root that begins to ask.
struct RemoteStates {
  std::map<std::string, Value> outputs;  // By root and workspace. Absent while they are computed: a circle of roots.
  std::map<std::string_view, Resource> resources;  // What the outputs lead to, by the address that it has elsewhere.
};

class Evaluator {
 public:
  // `states`: of the root that asks for the outputs of this one; null for a root that is evaluated for itself.
  Evaluator(const TerraformWorkspace::State& workspace, const TerraformOptions& options, Configuration& out,
            RemoteStates* states = nullptr);

  void run(const Module& root);

 private:
  // evaluate_expression.cc
  Value evaluate(const Expression& expression, const Frame& frame);
  Value evaluate_kind(const Expression& expression, const Frame& frame);
  Value evaluate_template(const Expression& expression, const Frame& frame);
  Value evaluate_template_if(const Expression& expression, const Frame& frame);
  Value evaluate_template_for(const Expression& expression, const Frame& frame);
  Value evaluate_conditional(const Expression& expression, const Frame& frame);
  Value evaluate_operation(const Expression& expression, const Frame& frame);
  Value evaluate_chain(const Expression& expression, Value left, const Frame& frame);
  Value evaluate_tuple(const Expression& expression, const Frame& frame);
  Value evaluate_object(const Expression& expression, const Frame& frame);
  std::uint64_t weight_of(const Value& value);
  Value as_text(const Value& value, Span span);
  Value maybe_value(Span span);

  // evaluate_for.cc
  struct Item {
    Value key;
    Value value;
    bool is_maybe = false;
  };
  struct Items {
    std::vector<Item> items;
    const Unknown* rest = nullptr;  // There may be more.
    bool is_whole_unknown = false;  // Nothing is known: `items` is empty.
    std::string error;
  };
  Items items_of(const Value& collection);
  Value evaluate_for_tuple(const Expression& expression, const Frame& frame);
  Value evaluate_for_object(const Expression& expression, const Frame& frame);
  const Unknown* rest_of_for(const Expression& expression, const Frame& frame, const Unknown& rest);

  // evaluate_call.cc
  Value evaluate_call(const Expression& expression, const Frame& frame);
  std::optional<Value> element_of_open(const Value& list, const Value& index, std::string_view index_text);
  // What nobody may need, or what someone is prepared to see fail: `wrong_at` is silent about it.
  Value guarded(const Expression& expression, const Frame& frame);
  // Guarded if the module of `frame` may not be there.
  Value evaluate_in_module(const Expression& expression, const Frame& frame);
  Value evaluate_try(const Expression& expression, const Frame& frame);
  Value evaluate_can(const Expression& expression, const Frame& frame);
  Value evaluate_template_file(const Expression& expression, const Frame& frame);
  Value evaluate_template_string(const Expression& expression, const Frame& frame);
  Value render(const Expression* syntax, const Value& variables, Span span);
  std::vector<Value> arguments_of(const Expression& expression, const Frame& frame, const Unknown*& open);

  // evaluate_traversal.cc
  Value evaluate_traversal(const Expression& expression, const Frame& frame);
  Value follow(Value value, std::span<const TraversalStep> steps, const Frame& frame);
  Value splat(const Value& value, const TraversalStep& step, std::span<const TraversalStep> each, const Frame& frame);
  Value attribute_of(const Value& value, std::string_view name, Span span);
  Value attribute_of_object(const Symbol& symbol, const Value& object, std::string_view name, Span span);
  Value index_of(const Value& value, const Value& index, std::string_view index_text, Span span);
  Value index_list(const Value& list, const Value& index, std::string_view index_text, Span span);
  Value index_map(const Value& map, const Value& index, std::string_view index_text, Span span);
  Value element_of_rest(const Unknown& rest, const Step& step, Span origin);
  std::string_view text_of_index(const Expression& expression, const Value& index, const Frame& frame);

  // evaluate_names.cc
  Value root_value(const Expression& traversal, const Frame& frame, std::size_t& used);
  Value named_value(std::string_view root, std::string_view name, Span span, const Frame& frame, std::size_t& used);
  Value variable_value(ModuleInstance& module, std::string_view name, Span span);
  Value local_value(ModuleInstance& module, std::string_view name, Span span);
  Value with_identity(const Value& value, std::string_view scope, std::string_view name);
  Value output_value(ModuleInstance& module, std::string_view name, Span span);
  Value undescribed_output(const ModuleInstance& module, std::string_view name, Span span);
  Value module_value(ModuleInstance& module, std::string_view name, Span span);
  Value resource_value(ModuleInstance& module, bool is_data, std::string_view type, std::string_view name, Span span);
  Value undeclared(const ModuleInstance& module, std::string_view what, std::string_view suggestion, Span span);
  Value cycle(std::string_view what, Span span);

  // variables.cc
  void read_given_variables(const Module& root);
  void read_given_data();
  Value compute_variable(ModuleInstance& module, std::uint32_t index);
  Value root_variable(const VariableDeclaration& variable, bool& is_given);
  Value unknown_variable(const ModuleInstance& module, std::string_view name, Span span);
  void check_defaults(const Module& module);
  TypeConstraint read_type(const Expression& expression, int depth);
  Value parse_value(const std::string& name, const std::string& text, bool is_expression, bool is_secret);

  // expand.cc
  Keys expand(const Body& body, std::string_view address, const Frame& frame);
  Keys expand_count(const Expression& count, std::string_view address, const Frame& frame);
  Keys expand_for_each(const Expression& for_each, std::string_view address, const Frame& frame);
  Value for_each_value(const Expression& expression, const Frame& frame);
  void add_summary(Keys& keys, const Unknown& why, std::string_view address);
  Expansion& expansion_of(ModuleInstance& module, std::uint32_t index);
  ModuleExpansion& expansion_of_call(ModuleInstance& module, std::uint32_t index);

  // enter_module.cc
  ModuleInstance* make_module(const Module& module);
  ModuleInstance* enter_module(ModuleInstance& parent, const ModuleCall& call, const Key& key, const Module& target,
                               std::string_view address);
  const Module* target_of(const ModuleInstance& parent, const ModuleCall& call, std::string& problem, bool& is_wrong);
  void add_opaque(ModuleInstance& parent, const ModuleCall& call, std::string_view address, std::string problem);
  void evaluate_opaque_inputs();
  void map_providers(ModuleInstance& child);
  Value object_value(const Instance& instance);

  // evaluate_body.cc
  Value configured(const Instance& instance, std::string_view name, const Frame& frame);
  Value remembered(Instance& instance, std::string_view name, Span span);
  Value attribute_of_instance(Instance& instance, std::string_view name, Span span);
  Value attribute_of_summary(Instance& instance, const Step& key, std::string_view name);
  Value computed(Instance& instance, std::string_view name, const Step* key);
  std::string_view identity_of(Instance& instance);
  Value evaluate_resource(Instance& instance);
  Value with_filters(const Value& body);
  Value evaluate_body(const Body& body, const Frame& frame, Span header);
  Value evaluate_blocks(const Body& body, std::string_view type, const Frame& frame);
  const Unknown* add_dynamic(const Block& block, const Frame& frame, std::vector<Value>& items);
  Value evaluate_lifecycle(const Block& block);
  std::string_view provider_of(const Instance& instance);

  // evaluate_data.cc
  Value answer_of(Instance& instance, std::string_view name, Span span);
  Value given_answer(const Instance& instance, std::string_view name);
  Value compute_answer(Instance& instance, std::string_view name, Span span);
  Value read_through(Instance& instance, std::string_view name, Span span);
  Value region_of(Instance& instance, Span span);
  Value rendered_template(Instance& instance, Span span);
  Value policy_text(Instance& instance, std::string_view name);
  Value remote_outputs(Instance& instance);
  Value outputs_of_root(const RemoteRoot& root);
  std::optional<Value> number_of_zones(const Value& list);
  void adopt_foreign(const Configuration& other, ForeignValues& foreign);

  // decisions.cc
  struct Inquiry;
  void note_decisions(ModuleInstance& module, std::uint32_t resource);
  void note_call_decisions(ModuleInstance& module, std::uint32_t call);
  void note(std::string_view address, Span where, const Expression& expression, const Frame& frame);
  void inquire(const Expression& expression, const Frame& frame, Inquiry& inquiry);
  void inquire_conditional(const Expression& expression, const Frame& frame, Inquiry& inquiry);
  void inquire_name(const Expression& traversal, const Frame& frame, Inquiry& inquiry);
  void inquire_variable(ModuleInstance& module, std::string_view name, Inquiry& inquiry);
  void inquire_local(ModuleInstance& module, std::string_view name, Inquiry& inquiry);
  void inquire_output(ModuleInstance& module, const Expression& traversal, Inquiry& inquiry);
  void add_input(std::string_view name, const Value& value, Span origin, Inquiry& inquiry);

  // evaluator.cc
  void visit(ModuleInstance& module);
  void add_resource(Instance& instance);
  // `module` lies in a stub.
  class StubPlaces stub_places(const ModuleInstance& module) const;
  void add_files();
  Value invalid_at(Span span, std::string message);
  // The same, and Terraform's user is told, unless it happens where nobody may need the value or someone is prepared,
  // or is due to `causes` that are defaults of the root module, which whoever runs it may replace, or to nothing at
  // all: null, "" and [] often stand for a value that is given elsewhere.
  Value wrong_at(Span span, std::string message, std::span<const Value> causes);
  bool is_default_of_root(const Value& value) const;
  Value limit_value(Span span, std::string_view what);
  bool spend(Span span);
  void report(Diagnostic diagnostic);
  std::string_view keep(std::string_view text) { return arena_.copy(text); }
  const Symbol* symbol(Symbol::Kind kind, std::string_view address, std::initializer_list<Step> path = {});
  FunctionContext function_context() { return {arena_, options_.limits, &reader_}; }

  const TerraformWorkspace::State& workspace_;
  const TerraformOptions& options_;
  Configuration& out_;
  Arena& arena_;
  FileReader reader_;
  std::string root_directory_;

  std::deque<ModuleInstance> modules_;  // Stable addresses.
  std::deque<Instance> instances_;
  std::unordered_map<std::string_view, Instance*> instance_at_;      // By address.
  std::unordered_map<std::string_view, ModuleInstance*> module_at_;  // By address.
  std::unordered_map<std::string_view, Value> given_;                // Values of root variables.
  std::map<std::pair<std::string, std::string>, Value, std::less<>> given_data_;
  std::deque<HclFile> own_files_;  // Texts that came from outside of files: --var, templates.
  std::unordered_map<std::string_view, const Expression*> template_files_;
  struct OpaqueCall {
    ModuleInstance* parent = nullptr;
    const ModuleCall* call = nullptr;
    std::size_t index = 0;  // Into the opaque parts of the configuration.
  };
  std::vector<OpaqueCall> opaque_calls_;
  std::unordered_map<const void*, std::uint64_t> weights_;  // Of heavy collections, by the address of their content.
  std::unordered_set<std::string> reported_;
  RemoteStates own_states_;
  RemoteStates* states_;
  std::map<std::string, std::string_view> zones_asked_;  // Question of a data source -> address of the first that asks.
  // What is around it: `try`, `can`, a branch that may not be taken, a resource that may not be there.
  std::uint32_t guards_ = 0;
  std::uint64_t steps_ = 0;
  std::uint32_t depth_ = 0;
  bool is_exhausted_ = false;
  bool said_too_many_ = false;
};

}  // namespace halint

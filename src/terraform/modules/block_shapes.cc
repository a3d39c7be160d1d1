// What Terraform's own blocks may hold: arguments, nested blocks, labels.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/block_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

struct BlockShape {
  std::string_view path;       // Types of the blocks from the outside in.
  std::string_view arguments;  // `!`: must be there. `*`: the provider, or the author, has others.
  std::string_view blocks;     // With the number of labels. `1`: at most once. `!`: at least once. `*`: others too.
  std::string_view forbidden;  // Reserved or out of place, where `*` would let it pass.
};

constexpr std::string_view kCondition = "condition! error_message!";

// OpenTofu's own words and those of newer versions are among them.
constexpr BlockShape kShapes[] = {
    {"terraform", "required_version experiments language",
     "backend/1/1 cloud/0/1 required_providers/0/1 provider_meta/1 encryption/0/1", ""},
    {"terraform.required_providers", "*", "", ""},
    {"provider", "*", "*", "count depends_on source lifecycle/0 locals/0"},
    {"variable", "description default type sensitive nullable ephemeral deprecated const", "validation/0", ""},
    {"variable.validation", kCondition, "", ""},
    {"output", "value! description sensitive ephemeral depends_on deprecated type", "precondition/0", ""},
    {"output.precondition", kCondition, "", ""},
    {"locals", "*", "", ""},
    {"module", "source! *", "lifecycle/0/1 providers/0", "provider"},
    {"module.lifecycle", "enabled!", "", ""},
    {"resource", "*", "lifecycle/0/1 connection/0/1 provisioner/1 *", "locals/0"},
    {"resource.lifecycle", "create_before_destroy prevent_destroy ignore_changes replace_triggered_by enabled destroy",
     "precondition/0 postcondition/0 action_trigger/0", ""},
    {"resource.lifecycle.precondition", kCondition, "", ""},
    {"resource.lifecycle.postcondition", kCondition, "", ""},
    {"resource.provisioner", "*", "connection/0/1 *", ""},
    {"data", "*", "lifecycle/0/1 *", "locals/0 provisioner/1 connection/0"},
    {"data.lifecycle", "enabled", "precondition/0 postcondition/0", ""},
    {"data.lifecycle.precondition", kCondition, "", ""},
    {"data.lifecycle.postcondition", kCondition, "", ""},
    {"ephemeral", "*", "lifecycle/0/1 *", "locals/0 provisioner/1 connection/0"},
    {"ephemeral.lifecycle", "enabled", "precondition/0 postcondition/0", ""},
    {"ephemeral.lifecycle.precondition", kCondition, "", ""},
    {"ephemeral.lifecycle.postcondition", kCondition, "", ""},
    {"moved", "from! to!", "", ""},
    {"import", "to! id identity for_each provider", "", ""},
    {"removed", "from!", "lifecycle/0/1 connection/0/1 provisioner/1", ""},
    {"removed.lifecycle", "destroy", "", ""},
    {"check", "", "data/2/1 assert/0/!", ""},
    {"check.assert", kCondition, "", ""},
    {"check.data", "*", "lifecycle/0/1 *", "count for_each"},
};

const BlockShape* shape_of(std::string_view path) {
  for (const BlockShape& shape : kShapes) {
    if (shape.path == path) return &shape;
  }
  return nullptr;
}

// One word of a shape: "backend/1/1", "value!".
struct Word {
  std::string_view name;
  std::size_t labels = 0;
  bool is_single = false;
  bool is_needed = false;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    Word made;
    made.is_needed = word.ends_with('!');
    made.is_single = word.ends_with("/1") && word.find('/') + 2 < word.size();
    made.name = word.substr(0, word.find_first_of("/!"));
    std::size_t slash = word.find('/');
    if (slash != word.npos) made.labels = static_cast<std::size_t>(word[slash + 1] - '0');
    words.push_back(made);
  }
  return words;
}

const Word* find_word(const std::vector<Word>& words, std::string_view name) {
  auto found = std::ranges::find(words, name, &Word::name);
  return found == words.end() ? nullptr : &*found;
}

class ShapeCheck {
 public:
  ShapeCheck(const Block& block, const BlockShape& shape, std::vector<Diagnostic>& diagnostics)
      : block_(block),
        path_(shape.path),
        arguments_(words_of(shape.arguments)),
        blocks_(words_of(shape.blocks)),
        forbidden_(words_of(shape.forbidden)),
        diagnostics_(diagnostics) {}

  void run() {
    for (const Attribute& attribute : block_.body.attributes) check_argument(attribute);
    for (const Word& word : arguments_) {
      if (word.is_needed && block_.body.attribute(word.name) == nullptr)
        miss(fmt::format("the argument `{}`", word.name));
    }
    for (std::size_t i = 0; i < block_.body.blocks.size(); ++i) check_block(i);
    for (const Word& word : blocks_) {
      if (word.is_needed && count(word.name) == 0) miss(fmt::format("a block `{}`", word.name));
    }
  }

 private:
  std::string_view type() const { return block_.type; }

  void refuse(Span span, std::string message, std::string help = "") {
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  void miss(std::string_view what) { refuse(block_.header, fmt::format("{} needs {}", words_for_block(type()), what)); }

  std::string suggestion(std::string_view name, const std::vector<Word>& words) const {
    std::vector<std::string_view> names;
    for (const Word& word : words) names.push_back(word.name);
    std::optional<std::string_view> near = did_you_mean(name, names);
    return near && *near != "*" ? fmt::format("did you mean `{}`?", *near) : std::string();
  }

  std::size_t count(std::string_view name) const {
    bool is_argument = block_.body.attribute(name) != nullptr;  // In JSON.
    return static_cast<std::size_t>(std::ranges::count(block_.body.blocks, name, &Block::type)) + (is_argument ? 1 : 0);
  }

  void check_argument(const Attribute& attribute) {
    if (find_word(forbidden_, attribute.name) != nullptr) {
      return refuse(attribute.span, fmt::format("`{}` has no place in {}", attribute.name, words_for_block(type())));
    }
    // JSON writes blocks as it writes arguments.
    bool is_known = find_word(arguments_, attribute.name) != nullptr || find_word(arguments_, "*") != nullptr ||
                    find_word(blocks_, attribute.name) != nullptr;
    if (is_known) return;
    refuse(attribute.span, fmt::format("{} has no argument `{}`", words_for_block(type()), attribute.name),
           suggestion(attribute.name, arguments_));
  }

  void check_block(std::size_t index) {
    const Block& inner = block_.body.blocks[index];
    if (find_word(forbidden_, inner.type) != nullptr) {
      return refuse(inner.header, fmt::format("a block `{}` has no place in {}", inner.type, words_for_block(type())));
    }
    const Word* word = find_word(blocks_, inner.type);
    if (word == nullptr) {
      if (find_word(blocks_, "*") != nullptr) return check_dynamic(inner);
      std::string help = find_word(arguments_, "*") != nullptr || find_word(arguments_, inner.type) != nullptr
                             ? fmt::format("write `{} = ...` if a value is meant", inner.type)
                             : suggestion(inner.type, blocks_);
      return refuse(inner.header, fmt::format("{} holds no block `{}`", words_for_block(type()), inner.type), help);
    }
    if (inner.labels.size() != word->labels) {
      return refuse(inner.header, fmt::format("{} has {} label{}, not {}", words_for_block(inner.type), word->labels,
                                              word->labels == 1 ? "" : "s", inner.labels.size()));
    }
    auto is_same = [&](const Block& other) { return other.type == inner.type; };
    auto before = block_.body.blocks.subspan(0, index);
    if (word->is_single && std::ranges::any_of(before, is_same)) {
      return refuse(inner.header, fmt::format("{} holds one block `{}` only", words_for_block(type()), inner.type),
                    "remove one of the two");
    }
    const BlockShape* shape = shape_of(fmt::format("{}.{}", path_, inner.type));
    if (shape != nullptr) ShapeCheck(inner, *shape, diagnostics_).run();
  }

  // What speaks to Terraform itself is never made by `dynamic`.
  void check_dynamic(const Block& inner) {
    if (inner.type != "dynamic" || inner.labels.size() != 1) return;
    std::string_view made = inner.labels[0].text;
    bool is_own = find_word(blocks_, made) != nullptr || find_word(forbidden_, made) != nullptr;
    if (is_own && made != "*") refuse(inner.header, fmt::format("a block `{}` cannot be dynamic", made));
  }

  const Block& block_;
  std::string_view path_;
  std::vector<Word> arguments_;
  std::vector<Word> blocks_;
  std::vector<Word> forbidden_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

std::string words_for_block(std::string_view type) {
  bool has_vowel = !type.empty() && std::string_view("aeiou").find(type[0]) != std::string_view::npos;
  return fmt::format("{} `{}` block", has_vowel ? "an" : "a", type);
}

void check_shape(const Block& block, std::vector<Diagnostic>& diagnostics) {
  if (const BlockShape* shape = shape_of(block.type)) ShapeCheck(block, *shape, diagnostics).run();
}

}  // namespace halint

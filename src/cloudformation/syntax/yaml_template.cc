// Reads a template that is written in YAML: the one place of the front end that knows yaml-cpp.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "base/text.h"
#include "cloudformation/syntax/template_tree.h"

namespace halint {
namespace {

constexpr std::size_t kMostDocuments = 1000;

// Thrown through yaml-cpp to stop it: a limit was hit.
struct Stop {};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// `!GetAtt` -> "Fn::GetAtt"; empty if the tag is none of CloudFormation's.
std::string_view long_form(std::string_view tag) {
  constexpr std::pair<std::string_view, std::string_view> kForms[] = {
      {"!Ref", "Ref"},
      {"!Condition", "Condition"},
      {"!And", "Fn::And"},
      {"!Base64", "Fn::Base64"},
      {"!Cidr", "Fn::Cidr"},
      {"!Equals", "Fn::Equals"},
      {"!FindInMap", "Fn::FindInMap"},
      {"!ForEach", "Fn::ForEach"},
      {"!GetAtt", "Fn::GetAtt"},
      {"!GetAZs", "Fn::GetAZs"},
      {"!If", "Fn::If"},
      {"!ImportValue", "Fn::ImportValue"},
      {"!Join", "Fn::Join"},
      {"!Length", "Fn::Length"},
      {"!Not", "Fn::Not"},
      {"!Or", "Fn::Or"},
      {"!Select", "Fn::Select"},
      {"!Split", "Fn::Split"},
      {"!Sub", "Fn::Sub"},
      {"!ToJsonString", "Fn::ToJsonString"},
      {"!Transform", "Fn::Transform"},
  };
  for (const auto& [shorthand, name] : kForms) {
    if (tag == shorthand) return name;
  }
  return {};
}

bool is_own_tag(std::string_view tag) {
  return tag.size() > 1 && tag[0] == '!' && tag.find("tag:yaml.org") == tag.npos;
}

// Builds the tree out of yaml-cpp's events.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, FileId file, Arena& arena, const TemplateLimits& limits, TemplateTree& tree)
      : text_(text), file_(file), arena_(arena), limits_(limits), tree_(tree) {
    if (has_byte_order_mark(text)) shift_ = kByteOrderMark.size();
  }

  void OnDocumentStart(const YAML::Mark&) override {
    anchors_.clear();
    if (tree_.documents.size() >= kMostDocuments) limit(0, fmt::format("more than {} documents", kMostDocuments));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    TemplateNode node = start(mark);
    finish(std::move(node), anchor, {});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto found = anchors_.find(anchor);
    std::uint32_t at = offset(mark);
    if (found == anchors_.end()) {
      tree_.diagnostics.push_back(
          template_error(span(at, at + 1), "this alias stands within what it means", "write the value out"));
      throw Stop();
    }
    spend(at, found->second.size);
    add({found->second.node, found->second.size, 0});
    end_ = std::max(end_, at);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    TemplateNode node = start(mark);
    node.form = TemplateNode::Form::kText;
    place_text(node, value);
    std::string_view own = tag;
    if (tag == "!" || tag == "?") own = {};
    finish(std::move(node), anchor, own);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(TemplateNode::Form::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(TemplateNode::Form::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Sized {
    TemplateNode node;
    std::uint32_t size = 1;  // Nodes in it.
    YAML::anchor_t anchor = 0;
  };
  struct Open {
    Sized sized;
    std::string tag;
    bool has_key = false;
    TemplateNode key;
    std::vector<TemplateMember> merged;  // By `<<`: weaker than what is written.
  };

  std::uint32_t offset(const YAML::Mark& mark) const {
    std::int64_t at = static_cast<std::int64_t>(mark.pos) + static_cast<std::int64_t>(shift_);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(text_.size())));
  }
  Span span(std::uint32_t begin, std::uint32_t end) const {
    return {file_, begin, std::min(end, static_cast<std::uint32_t>(text_.size()))};
  }
  void limit(std::uint32_t at, std::string message) {
    tree_.diagnostics.push_back(template_limit(span(at, at + 1), std::move(message)));
    throw Stop();
  }
  void spend(std::uint32_t at, std::uint32_t nodes) {
    if (nodes > limits_.nodes - used_)
      limit(at, fmt::format("the file holds more than {} values, aliases filled in", limits_.nodes));
    used_ += nodes;
  }
  TemplateNode start(const YAML::Mark& mark) {
    TemplateNode node;
    std::uint32_t at = offset(mark);
    spend(at, 1);
    node.span = span(at, at);
    return node;
  }

  // Past the tag and the anchor that stand before a value.
  std::size_t skip_properties(std::size_t at) const {
    while (at < text_.size()) {
      if (is_space(text_[at])) {
        ++at;
      } else if (text_[at] == '#') {
        while (at < text_.size() && text_[at] != '\n') ++at;
      } else if (text_[at] == '!' || text_[at] == '&') {
        while (at < text_.size() && !is_space(text_[at])) ++at;
      } else {
        break;
      }
    }
    return at;
  }

  // Where a value ends, found by reading its signs again: yaml-cpp tells only where it begins.
  void place_text(TemplateNode& node, const std::string& value) {
    std::size_t at = skip_properties(node.span.begin);
    node.is_bare =
        at >= text_.size() || (text_[at] != '"' && text_[at] != '\'' && text_[at] != '|' && text_[at] != '>');
    if (at < text_.size() && (text_[at] == '"' || text_[at] == '\'')) {
      char quote = text_[at];
      std::size_t begin = ++at;
      while (at < text_.size() && text_[at] != quote) at += quote == '"' && text_[at] == '\\' ? 2 : 1;
      // A doubled quote stands for one.
      while (quote == '\'' && at + 1 < text_.size() && text_[at + 1] == quote) {
        at += 2;
        while (at < text_.size() && text_[at] != quote) ++at;
      }
      // yaml-cpp takes the rest of the file for the text, and says nothing.
      if (at >= text_.size()) unclosed(begin - 1);
      keep_text(node, value, begin);
      node.span.end = static_cast<std::uint32_t>(std::min(at + 1, text_.size()));
      return;
    }
    if (!node.is_bare) at = std::min(text_.find('\n', at), text_.size());
    keep_text(node, value, at);
    std::size_t end = at;
    for (char c : value) {
      if (is_space(c)) continue;
      while (at < text_.size() && is_space(text_[at])) ++at;
      if (at >= text_.size() || text_[at] != c) break;
      end = ++at;
    }
    node.span.end = static_cast<std::uint32_t>(std::max<std::size_t>(end, node.span.begin));
  }

  void unclosed(std::size_t quote) {
    const auto at = static_cast<std::uint32_t>(quote);
    tree_.diagnostics.push_back(
        template_error({file_, at, at + 1}, "this quote is never closed", "close it where the text ends"));
  }

  void keep_text(TemplateNode& node, const std::string& value, std::size_t at) {
    bool is_verbatim = text_.substr(std::min(at, text_.size())).starts_with(value);
    node.text = is_verbatim ? text_.substr(at, value.size()) : arena_.copy(std::string_view(value));
    node.text_at = is_verbatim ? static_cast<std::uint32_t>(at) : 0;
  }

  void open(TemplateNode::Form form, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    TemplateNode node = start(mark);
    node.form = form;
    if (open_.size() >= limits_.nesting)
      limit(node.span.begin, fmt::format("values nest deeper than {} levels", limits_.nesting));
    open_.push_back({{std::move(node), 1, anchor}, tag, false, {}, {}});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    TemplateNode& node = done.sized.node;
    std::uint32_t end = std::max(end_, node.span.begin);
    // The bracket of a flow collection.
    std::size_t bracket = skip_properties(end);
    char wanted = node.is_list() ? ']' : '}';
    std::size_t begin = skip_properties(node.span.begin);
    bool is_flow = begin < text_.size() && text_[begin] == (node.is_list() ? '[' : '{');
    if (is_flow && bracket < text_.size() && text_[bracket] == ',') bracket = skip_properties(bracket + 1);
    if (is_flow && bracket < text_.size() && text_[bracket] == wanted) end = static_cast<std::uint32_t>(bracket + 1);
    node.span.end = end;
    if (node.is_map()) {
      unify_members(node, tree_.diagnostics);
      for (const TemplateMember& member : done.merged) {
        if (node.find(member.key) == nullptr) node.members.push_back(member);
      }
    }
    wrap(done.sized, done.tag);
    add(std::move(done.sized));
  }

  void finish(TemplateNode node, YAML::anchor_t anchor, std::string_view tag) {
    Sized sized{std::move(node), 1, anchor};
    wrap(sized, tag);
    add(std::move(sized));
  }

  void wrap(Sized& sized, std::string_view tag) {
    end_ = std::max(end_, sized.node.span.end);
    if (!is_own_tag(tag)) return;
    std::string_view name = long_form(tag);
    TemplateNode outer;
    outer.form = TemplateNode::Form::kMap;
    outer.is_short = true;
    outer.span = sized.node.span;
    Span key = span(outer.span.begin, outer.span.begin + static_cast<std::uint32_t>(tag.size()));
    // Of a foreign tag the evaluator says what it thinks.
    if (name.empty()) name = arena_.copy(tag);
    outer.members.push_back({name, key, std::move(sized.node)});
    sized.node = std::move(outer);
    ++sized.size;
  }

  void add(Sized sized) {
    if (sized.anchor != 0) {
      spend(sized.node.span.begin, sized.size);
      anchors_.insert_or_assign(sized.anchor, sized);
    }
    if (open_.empty()) {
      tree_.documents.push_back(std::move(sized.node));
      return;
    }
    Open& parent = open_.back();
    parent.sized.size += sized.size;
    TemplateNode& into = parent.sized.node;
    if (into.is_list()) {
      into.items.push_back(std::move(sized.node));
    } else if (!parent.has_key) {
      parent.has_key = true;
      parent.key = std::move(sized.node);
    } else {
      parent.has_key = false;
      add_pair(into, std::move(parent.key), std::move(sized.node));
    }
  }

  void add_pair(TemplateNode& map, TemplateNode key, TemplateNode value) {
    if (key.is_text() && key.is_bare && key.text == "<<") {
      tree_.diagnostics.push_back(
          template_invalid(key.span, "CloudFormation knows no merge keys (`<<`)", "write the members out"));
      for (const TemplateNode* from : merged(value)) {
        std::vector<TemplateMember>& to = open_.back().merged;
        to.insert(to.end(), from->members.begin(), from->members.end());
      }
      return;
    }
    if (!key.is_text()) {
      tree_.diagnostics.push_back(template_error(key.span, "a key must be a text", "write a name before the `:`"));
      return;
    }
    map.members.push_back({key.text, key.span, std::move(value)});
  }

  static std::vector<const TemplateNode*> merged(const TemplateNode& value) {
    std::vector<const TemplateNode*> maps;
    if (value.is_map()) maps.push_back(&value);
    for (const TemplateNode& item : value.items) {
      if (item.is_map()) maps.push_back(&item);
    }
    return maps;
  }

  std::string_view text_;
  FileId file_;
  Arena& arena_;
  TemplateLimits limits_;
  TemplateTree& tree_;
  std::size_t shift_ = 0;
  std::uint32_t used_ = 0;
  std::uint32_t end_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Sized> anchors_;
};

std::pair<std::string, std::string> explain(const YAML::Exception& fault, std::string_view line) {
  if (line.substr(0, line.find_first_not_of(" \t")).find('\t') != line.npos)
    return {"a tab cannot indent YAML", "indent with spaces"};
  std::string message = fault.msg;
  if (message.empty()) message = "this is not YAML";
  if (line.find("{{") != line.npos || line.find("{%") != line.npos)
    return {message, "if this is a template of a template (Jinja), check what it makes, or exclude the file"};
  return {message,
          "look at the indentation, and at quotes and brackets that are not closed, here and on the line above"};
}

}  // namespace

TemplateTree read_yaml_template(std::string_view text, FileId file, Arena& arena, const TemplateLimits& limits) {
  TemplateTree tree;
  TreeBuilder builder(text, file, arena, limits, tree);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    // The diagnostic is there.
  } catch (const YAML::Exception& fault) {
    std::size_t shift = has_byte_order_mark(text) ? kByteOrderMark.size() : 0;
    std::size_t at = std::min(static_cast<std::size_t>(std::max(fault.mark.pos, 0)) + shift, text.size());
    std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    std::string_view line = text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
    auto [message, help] = explain(fault, line);
    Span span = {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min(at + 1, text.size()))};
    bool is_deep = dynamic_cast<const YAML::DeepRecursion*>(&fault) != nullptr;
    tree.diagnostics.push_back(is_deep ? template_limit(span, "values nest too deep")
                                       : template_error(span, std::move(message), std::move(help)));
  }
  return tree;
}

}  // namespace halint

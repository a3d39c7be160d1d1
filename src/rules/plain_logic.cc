// The logic of rule files that are written plainly, without a YAML reader.
// SPDX-License-Identifier: Apache-2.0
#include "rules/plain_logic.h"

#include <algorithm>
#include <string>
#include <utility>

namespace halint {
namespace {

constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

struct Line {
  std::size_t begin = 0;  // Of the first character that is no space.
  std::size_t indent = 0;
  std::string_view text;   // From there, without space at the end.
  bool has_space = false;  // There was some.
};

class PlainLogic {
 public:
  PlainLogic(std::string_view text, YamlTree& tree) : text_(text), tree_(tree) {}

  bool run() {
    if (text_.find_first_of("\t\r") != std::string_view::npos) return false;
    tree_.nodes.emplace_back();
    tree_.nodes[0].kind = YamlNode::Kind::kMap;
    for (Line line = next(); !is_end_; line = next()) {
      if (is_blank(line)) continue;
      // What is deeper belongs to a key that nobody asks for, and to nothing else.
      if (line.indent > 0 && expects_key_) return false;
      if (line.indent > 0) continue;
      const std::size_t colon = line.text.find(':');
      if (colon == std::string_view::npos) return false;
      const std::string_view key = line.text.substr(0, colon);
      const bool is_key = line.text.substr(colon).size() == 1 || line.text[colon + 1] == ' ';
      if (!is_key || key.empty() || key.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos)
        return false;
      expects_key_ = key == "let" || key == "when" || key == "require" || key == "outranks";
      if (key == "let" && (line.text.size() > colon + 1 || !read_lets(line))) return false;
      if ((key == "when" || key == "require") && !read_entry(0, line, key, colon)) return false;
      if (key == "outranks" && !read_words(line, key, colon)) return false;
    }
    return true;
  }

 private:
  static bool is_blank(const Line& line) { return line.text.empty() || line.text.front() == '#'; }

  Line next() {
    is_end_ = at_ >= text_.size();
    Line line;
    if (is_end_) return line;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line.begin = std::min(text_.find_first_not_of(' ', at_), end);
    line.indent = line.begin - at_;
    line.text = text_.substr(line.begin, end - line.begin);
    while (line.text.ends_with(' ')) line.text.remove_suffix(1);
    line.has_space = line.begin + line.text.size() < end;
    at_ = end + 1;
    return line;
  }
  // The next line, if it belongs to something that is indented by `indent`.
  bool accept_deeper(std::size_t indent, Line& line) {
    const std::size_t before = at_;
    line = next();
    if (!is_end_ && (line.text.empty() || line.indent > indent)) return true;
    at_ = before;
    is_end_ = false;
    return false;
  }

  bool accept_comment(Line& line) {
    const std::size_t before = at_;
    line = next();
    if (!is_end_ && line.text.starts_with('#')) return true;
    at_ = before;
    is_end_ = false;
    return false;
  }

  std::uint32_t add(YamlNode::Kind kind, std::size_t begin, std::string text, bool is_quoted = false) {
    YamlNode node;
    node.kind = kind;
    node.begin = static_cast<std::uint32_t>(begin);
    node.text = std::move(text);
    node.is_quoted = is_quoted;
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  bool read_lets(const Line& header) {
    const std::uint32_t key = add(YamlNode::Kind::kScalar, header.begin, "let");
    const std::uint32_t map = add(YamlNode::Kind::kMap, header.begin, "");
    tree_.nodes[0].children.emplace_back(key, map);
    std::size_t indent = 0;
    for (Line line; accept_deeper(0, line) || accept_comment(line);) {
      if (is_blank(line)) continue;
      const std::size_t colon = line.text.find(':');
      const bool is_entry = colon != std::string_view::npos && colon > 0 &&
                            line.text.substr(0, colon).find_first_not_of(kNameCharacters) == std::string_view::npos;
      if (!is_entry || (indent != 0 && line.indent != indent)) return false;
      indent = line.indent;
      if (!read_entry(map, line, line.text.substr(0, colon), colon)) return false;
    }
    return true;
  }

  // `name: expression` into a map.
  bool read_entry(std::uint32_t map, const Line& line, std::string_view name, std::size_t colon) {
    const std::size_t begin = line.text.find_first_not_of(' ', colon + 1);
    if (begin == std::string_view::npos || begin == colon + 1) return false;
    const std::uint32_t key = add(YamlNode::Kind::kScalar, line.begin, std::string(name));
    const std::string_view first = line.text.substr(begin);
    std::string value;
    bool is_quoted = true;
    if (first == ">-" || first == "|-" || first == ">" || first == "|") {
      if (!read_block(first, line.indent, value)) return false;
    } else if (first.front() == '"' || first.front() == '\'') {
      if (!read_quoted(first, value)) return false;
    } else {
      is_quoted = false;
      if (!read_plain(first, line.indent, value)) return false;
    }
    const std::uint32_t node = add(YamlNode::Kind::kScalar, line.begin + begin, std::move(value), is_quoted);
    tree_.nodes[map].children.emplace_back(key, node);
    return true;
  }

  // Lines of a block. Folding makes line ends spaces, but not beside lines that are indented further.
  bool read_block(std::string_view header, std::size_t indent, std::string& value) {
    const bool is_folded = header[0] == '>';
    std::size_t own = 0;
    bool was_deeper = false;
    bool has_gap = false;
    for (Line line; accept_deeper(indent, line);) {
      if (line.text.empty()) {
        has_gap = true;
        if (line.has_space || line.indent > 0) return false;
        continue;
      }
      if (has_gap) return false;  // An empty line means more than a space.
      if (own == 0) own = line.indent;
      if (line.indent < own || line.has_space) return false;
      const bool is_deeper = line.indent > own;
      if (!value.empty()) value += is_folded && !is_deeper && !was_deeper ? ' ' : '\n';
      value.append(line.indent - own, ' ');
      value += line.text;
      was_deeper = is_deeper;
    }
    if (header.size() == 1) value += '\n';
    return !value.empty();
  }

  static bool read_quoted(std::string_view first, std::string& value) {
    const std::size_t end = first.find(first.front(), 1);
    if (end == std::string_view::npos || first.find('\\') != std::string_view::npos) return false;
    value = first.substr(1, end - 1);
    const std::string_view rest = first.substr(end + 1);
    return rest.empty() || (rest.starts_with(' ') && rest.find_first_not_of(' ') == rest.find('#'));
  }

  // A plain text may go on in lines that are indented further. A comment ends it.
  bool read_plain(std::string_view first, std::size_t indent, std::string& value) {
    constexpr std::string_view kSpecial = "&*!|>%@`?,[]{}#:-\"'";
    if (kSpecial.find(first.front()) != std::string_view::npos) return false;
    bool is_ended = false;
    const auto append = [&](std::string_view part) {
      const std::size_t comment = part.find(" #");
      is_ended = comment != std::string_view::npos;
      part = part.substr(0, comment);
      while (part.ends_with(' ')) part.remove_suffix(1);
      if (part.find(": ") != std::string_view::npos || part.ends_with(':')) return false;
      value += (value.empty() ? "" : " ");
      value += part;
      return true;
    };
    if (!append(first)) return false;
    for (Line line; accept_deeper(indent, line);) {
      if (line.text.empty()) {
        is_ended = true;
        continue;
      }
      if (line.text.front() == '#') {
        is_ended = true;
        continue;
      }
      if (is_ended || !append(line.text)) return false;
    }
    return true;
  }

  // `outranks: [a, b]`, on one line or several.
  bool read_words(const Line& line, std::string_view name, std::size_t colon) {
    const std::size_t begin = text_.find_first_not_of(' ', line.begin + colon + 1);
    const std::size_t close = text_.find(']', line.begin);
    if (close == std::string_view::npos || begin >= close || text_[begin] != '[') return false;
    std::string_view rest = text_.substr(begin + 1, close - begin - 1);
    if (rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-, \n") != std::string_view::npos) return false;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n', end + 1)) {
      if (rest.substr(end).size() < 2 || rest[end + 1] != ' ') return false;
    }
    at_ = close + 1;
    if (!next().text.empty()) return false;  // Of the same line, behind the bracket.
    is_end_ = false;
    const std::uint32_t key = add(YamlNode::Kind::kScalar, line.begin, std::string(name));
    const std::uint32_t list = add(YamlNode::Kind::kList, begin, "");
    tree_.nodes[0].children.emplace_back(key, list);
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      std::string_view word = rest.substr(0, comma);
      while (word.starts_with(' ') || word.starts_with('\n')) word.remove_prefix(1);
      while (word.ends_with(' ')) word.remove_suffix(1);
      if (word.empty() || word.starts_with('-') || word.find_first_of(" \n") != std::string_view::npos) return false;
      const std::uint32_t item =
          add(YamlNode::Kind::kScalar, static_cast<std::size_t>(word.data() - text_.data()), std::string(word));
      tree_.nodes[list].children.emplace_back(0, item);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return true;
  }

  std::string_view text_;
  YamlTree& tree_;
  std::size_t at_ = 0;
  bool is_end_ = false;
  bool expects_key_ = true;
};

}  // namespace

bool read_plain_logic(std::string_view text, YamlTree& tree) {
  return PlainLogic(text, tree).run();
}

}  // namespace halint

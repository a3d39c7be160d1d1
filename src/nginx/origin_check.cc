// Regular expressions that tell one's own sites by `Origin` or `Referer`: which strangers they let in.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/origin_check.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "nginx/regex_sets.h"

namespace halint {
namespace {

using Kind = RegexPart::Kind;

constexpr std::size_t kMostSamples = 32;
constexpr std::size_t kMostLength = 300;
constexpr std::string_view kStranger = ".evil.example/";

// A text that an expression matches. `marks` says of each byte how it is written there: 'l' as itself, 'd' as `.`, 's'
// as a set.
struct Sample {
  std::string text, marks;

  void add(char c, char mark) {
    text += c;
    marks += mark;
  }
  void add(const Sample& other) {
    text += other.text;
    marks += other.marks;
  }
};

using Samples = std::vector<Sample>;

class Sampler {
 public:
  // `crosses`: what is repeated and may hold a slash holds a stranger's host and a slash.
  explicit Sampler(bool crosses) : crosses_(crosses) {}

  Samples make(const RegexPart& part) const {
    switch (part.kind) {
      case Kind::kSet:
        return {one(part)};
      case Kind::kSequence: {
        Samples result(1);
        for (const RegexPart& inner : part.parts) result = joined(result, make(inner));
        return result;
      }
      case Kind::kChoice: {
        Samples result;
        for (const RegexPart& inner : part.parts) {
          for (Sample& sample : make(inner)) {
            if (result.size() < kMostSamples) result.push_back(std::move(sample));
          }
        }
        return result;
      }
      case Kind::kRepeat:
        return repeated(part);
      case Kind::kGroup:
        return make(part.parts.front());
      default:
        return Samples(1);
    }
  }

 private:
  static Sample one(const RegexPart& part) {
    char c = 'x';
    if (!part.bytes.test('x')) {
      for (int i = 126; i > 32; --i) {
        if (part.bytes.test(i)) c = static_cast<char>(i);
      }
    }
    Sample sample;
    sample.add(c, part.is_literal ? 'l' : part.is_dot ? 'd' : 's');
    return sample;
  }

  static Samples joined(const Samples& heads, const Samples& tails) {
    Samples result;
    for (const Sample& head : heads) {
      for (const Sample& tail : tails) {
        if (result.size() >= kMostSamples || head.text.size() + tail.text.size() > kMostLength) return result;
        Sample& both = result.emplace_back(head);
        both.add(tail);
      }
    }
    return result;
  }

  Samples repeated(const RegexPart& part) const {
    const RegexPart& inner = part.parts.front();
    bool is_wide =
        inner.kind == Kind::kSet && part.most > kStranger.size() &&
        std::ranges::all_of(kStranger, [&](char c) { return inner.bytes.test(static_cast<unsigned char>(c)); });
    if (crosses_ && is_wide) {
      Sample stranger;
      for (char c : kStranger) stranger.add(c, 's');
      return {stranger};
    }
    Samples result(1);
    for (std::uint32_t i = 0; i < std::min(part.least, 70u); ++i) result = joined(result, make(inner));
    // `.+` is no dot that was meant as one.
    for (Sample& sample : result) {
      if (part.most > 1) std::ranges::replace(sample.marks, 'd', 's');
    }
    return result;
  }

  bool crosses_;
};

// The host inside a sample.
struct Host {
  std::size_t begin = 0, end = 0;
  bool has_scheme = false;
};

Host host_of(std::string_view text) {
  Host host;
  std::size_t colon = text.find("://");
  host.has_scheme = colon != text.npos;
  host.begin = host.has_scheme ? colon + 3 : 0;
  host.end = std::min(text.find_first_of("/:?#", host.begin), text.size());
  return host;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// `example.com` is written there: a name, a dot (or what was meant for one), and a name of letters at the end.
bool names_domain(const Sample& sample, const Host& host) {
  std::size_t letters = 0, at = host.end;
  while (at > host.begin && sample.marks[at - 1] == 'l' && is_letter_or_digit(sample.text[at - 1])) --at, ++letters;
  if (letters < 2 || at <= host.begin + 1) return false;
  bool is_dot = sample.marks[at - 1] == 'd' || (sample.marks[at - 1] == 'l' && sample.text[at - 1] == '.');
  return is_dot && sample.marks[at - 2] == 'l' && is_letter_or_digit(sample.text[at - 2]);
}

class SiteTester {
 public:
  SiteTester(const RE2& regex, SiteHeader header) : regex_(regex), header_(header) {}

  // Null: nothing was found with this sample.
  std::optional<std::string> impostor(const Sample& sample) const {
    const Host host = host_of(sample.text);
    if (!names_domain(sample, host)) return std::nullopt;
    std::string meant = sample.text;  // With dots where they were meant.
    for (std::size_t i = host.begin; i < host.end; ++i) {
      if (sample.marks[i] == 'd') meant[i] = '.';
    }
    std::string scheme = host.has_scheme ? meant.substr(0, host.begin) : "https://";
    if (scheme != "http://" && scheme != "https://") return std::nullopt;
    std::string name = meant.substr(host.begin, host.end - host.begin);
    std::string rest = meant.substr(host.end);
    if (header_ == SiteHeader::kReferer && rest.empty()) rest = "/";

    if (auto found = try_all({scheme + name + ".evil.example" + rest})) return found;
    if (header_ == SiteHeader::kReferer) {
      if (auto found = try_all({"https://evil.example/" + meant, "https://evil.example/" + meant + "/"})) return found;
    }
    // `example.com` at any place: `evilexample.com`. Before a name below it, it would still be the same owner's.
    if (!host.has_scheme && sample.marks[host.begin] == 'l' && std::ranges::count(name, '.') == 1) {
      if (auto found = try_all({scheme + "evil" + name + rest})) return found;
    }
    for (std::size_t i = host.begin; i < host.end; ++i) {
      if (sample.marks[i] != 'd' || !is_owners(name, i - host.begin)) continue;
      std::string other = name;
      other[i - host.begin] = 'x';
      if (auto found = try_all({scheme + other + rest})) return found;
    }
    return std::nullopt;
  }

  // A sample with a stranger's host in it.
  std::optional<std::string> crossing(const Sample& sample) const {
    if (header_ != SiteHeader::kReferer) return std::nullopt;
    const Host host = host_of(sample.text);
    std::string name = sample.text.substr(host.begin, host.end - host.begin);
    std::string own = sample.text.substr(host.end);
    bool is_domain = own.find('.', 2) != own.npos;
    if (!host.has_scheme || !name.ends_with(".evil.example") || !is_domain) return std::nullopt;
    return try_all({sample.text, sample.text + "/"});
  }

 private:
  // Without this dot, the last two labels of the name are others.
  static bool is_owners(std::string_view name, std::size_t dot) {
    std::size_t last = name.rfind('.');
    std::size_t second = last == 0 || last == name.npos ? name.npos : name.rfind('.', last - 1);
    return dot == last || dot == second;
  }

  std::optional<std::string> try_all(const std::vector<std::string>& texts) const {
    for (const std::string& text : texts) {
      if (RE2::PartialMatch(text, regex_)) return text;
    }
    return std::nullopt;
  }

  const RE2& regex_;
  SiteHeader header_;
};

}  // namespace

SiteCheck check_sites(std::string_view pattern, bool ignores_case, SiteHeader header) {
  std::optional<RegexTree> tree = parse_regex(pattern);
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!ignores_case);
  options.set_encoding(RE2::Options::EncodingLatin1);
  std::string spelled(pattern);
  // `(?<name>x)`: RE2 wants a P.
  for (std::size_t at = spelled.find("(?<"); at != std::string::npos; at = spelled.find("(?<", at + 4))
    spelled.insert(at + 2, "P");
  const RE2 regex(spelled, options);
  if (!tree || !regex.ok()) return {};
  const SiteTester tester(regex, header);
  for (const Sample& sample : Sampler(false).make(tree->root)) {
    if (auto found = tester.impostor(sample)) return {true, *found};
  }
  for (const Sample& sample : Sampler(true).make(tree->root)) {
    if (auto found = tester.crossing(sample)) return {true, *found};
  }
  return {true, ""};
}

}  // namespace halint

// What only the meaning of a directive tells about syntax: whether it takes a block, and in which context a file
// begins. SPDX-License-Identifier: Apache-2.0
#include "nginx/block_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "nginx/nginx_syntax.h"
#include "nginx/trouble.h"

namespace halint {

using namespace nginx_context;

namespace {

class Checker {
 public:
  Checker(NginxFile& file, std::string_view text) : file_(file), text_(text) {}

  // Recursion is as deep as blocks nest, which the parser limits.
  void check(std::span<const NginxDirective> directives, NginxContexts context) {
    for (const NginxDirective& directive : directives) {
      check_one(directive, context);
      if (directive.has_block && !directive.is_lua && context != kData)
        check(directive.block, context_inside(directive.name.text, context));
    }
  }

 private:
  void error(Span span, std::string message, std::string help) {
    file_.has_syntax_error = true;
    file_.diagnostics.push_back(nginx_syntax_error(span, std::move(message), std::move(help)));
  }

  void check_one(const NginxDirective& directive, NginxContexts context) {
    std::string name = escape_controls(directive.name.text.substr(0, 60));
    if (context == kData) {
      if (directive.has_block && directive.name.text != "include")
        error(directive.header, fmt::format("unexpected `{{` after `{}`: a line of data ends with `;`", name),
              "quote the pattern if the brace belongs to it");
      return;
    }
    if (context == kOther || directive.is_broken) return;
    bool takes_block = (contexts_of_directive(directive.name.text, true) & context) != 0;
    bool takes_none = (contexts_of_directive(directive.name.text, false) & context) != 0;
    if (directive.has_block && takes_none && !takes_block) return say_unterminated(directive, name);
    if (!directive.has_block && takes_block && !takes_none)
      error(directive.header, fmt::format("`{}` needs a block, but `;` stands where `{{` should", name),
            "open its block with `{`");
  }

  // `listen 80` without semicolon takes the next line for arguments, and its block too.
  void say_unterminated(const NginxDirective& directive, const std::string& name) {
    const NginxWord& last = last_word_of_line(directive, text_);
    std::string said = escape_controls(text_.substr(last.span.begin, std::min(last.span.end - last.span.begin, 60u)));
    error(last.span, fmt::format("`{}` takes no block: `;` is missing after `{}`", name, said),
          "end the directive with `;`, or quote the word if the brace belongs to it");
  }

  NginxFile& file_;
  std::string_view text_;
};

}  // namespace

NginxContexts context_of_file(const NginxFile& file) {
  // In the order of preference, where a directive fits several.
  constexpr NginxContexts kOrder[] = {kHttp,       kServer,       kLocation,       kMain,        kUpstream, kLocationIf,
                                      kStream,     kStreamServer, kStreamUpstream, kLimitExcept, kEvents,   kMail,
                                      kMailServer, kRtmp};
  std::size_t counts[std::size(kOrder)] = {};
  bool is_main = false;
  for (const NginxDirective& directive : file.directives) {
    NginxContexts contexts = contexts_of_directive(directive.name.text, directive.has_block);
    is_main |= directive.has_block && contexts == kMain;
    for (std::size_t i = 0; i < std::size(kOrder); ++i) {
      if ((contexts & kOrder[i]) != 0) ++counts[i];
    }
  }
  if (is_main) return kMain;
  const std::size_t* best = std::ranges::max_element(counts);
  return *best == 0 ? 0 : kOrder[best - counts];
}

void check_blocks(NginxFile& file, std::string_view text, NginxContexts context) {
  Checker(file, text).check(file.directives, context);
  std::ranges::stable_sort(file.diagnostics, {}, &Diagnostic::span);
}

}  // namespace halint

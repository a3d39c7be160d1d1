// Fills in includes: from parsed files to the configuration that nginx would see.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "nginx/block_checks.h"
#include "nginx/trouble.h"

namespace halint {
namespace {

// Files that nginx or its packages bring along. They hold lists of types, parameters for application servers or TLS
// settings, and nothing that a check would miss.
bool is_stock_file(std::string_view pattern) {
  constexpr std::string_view kStock[] = {"mime.types",   "fastcgi_params", "fastcgi.conf",
                                         "uwsgi_params", "scgi_params",    "koi-utf",
                                         "koi-win",      "win-utf",        "options-ssl-nginx.conf"};
  return std::ranges::find(kStock, file_name_of(pattern)) != std::end(kStock) ||
         pattern.find("modules-enabled/") != pattern.npos || pattern.find("nginx/modules/") != pattern.npos;
}

void finish(NginxBlock& block) {
  block.sort_lines();
  for (const std::unique_ptr<NginxBlock>& inner : block.blocks) finish(*inner);
}

}  // namespace

std::unique_ptr<NginxRoot> Expander::expand(const std::vector<NginxSource*>& files, const std::string& prefix,
                                            bool is_fragment) {
  auto root = std::make_unique<NginxRoot>();
  root->is_fragment = is_fragment;
  root_ = root.get();
  prefix_ = prefix;
  open_.clear();
  included_.clear();
  named_.clear();
  includes_ = directives_ = depth_ = 0;
  is_full_ = false;
  root->tree.context = files.front()->context == 0 ? NginxContexts{nginx_context::kMain} : files.front()->context;
  if (is_fragment) root->tree.gaps.push_back({{}, "the configuration that includes this file is not in the workspace"});
  for (NginxSource* file : files) fill_file(root->tree, *file);
  finish(root->tree);
  root_ = nullptr;
  return root;
}

void Expander::fill_file(NginxBlock& block, NginxSource& source) {
  if (!std::exchange(source.is_checked, true)) check_blocks(source.parsed, source.text, block.context);
  if (std::ranges::find(root_->files, source.parsed.file) == root_->files.end()) {
    root_->files.push_back(source.parsed.file);
    const std::vector<Diagnostic>& said = source.parsed.diagnostics;
    root_->diagnostics.insert(root_->diagnostics.end(), said.begin(), said.end());
  }
  if (source.parsed.has_syntax_error) block.gaps.push_back({{}, "a syntax error stands in this file"});
  open_.push_back(&source);
  fill(block, source.parsed.directives, source);
  open_.pop_back();
}

void Expander::fill(NginxBlock& block, std::span<const NginxDirective> directives, const NginxSource& source) {
  for (const NginxDirective& directive : directives) {
    if (++directives_ > limits_.directives)
      return limit(block, directive.header,
                   fmt::format("the configuration has more than {} directives", limits_.directives));
    if (directive.is_broken) block.gaps.push_back({directive.header, "a syntax error stands here"});
    if (!directive.has_block && directive.name.text == "include") {
      include(block, directive);
    } else if (!directive.has_block || directive.is_lua) {
      block.lines.push_back(&directive);
    } else if (depth_ >= limits_.nesting) {
      limit(block, directive.header, fmt::format("blocks nest deeper than {} levels", limits_.nesting));
    } else {
      auto inner = std::make_unique<NginxBlock>();
      inner->head = &directive;
      inner->parent = &block;
      inner->context = context_inside(directive.name.text, block.context);
      ++depth_;
      fill(*inner, directive.block, source);
      --depth_;
      block.blocks.push_back(std::move(inner));
    }
  }
}

// What an `include` of this root names, looked up once.
const Expander::Named& Expander::find(const std::string& pattern) {
  auto [place, is_new] = named_.try_emplace(pattern);
  Named& named = place->second;
  if (!is_new) return named;
  IncludedFiles found = finder_.find(pattern, prefix_, root_->is_fragment);
  named.problem = std::move(found.problem);
  for (const std::string& path : found.paths) {
    auto& [source, problem] = named.files.emplace_back();
    source = load_(path, problem);
  }
  return named;
}

void Expander::include(NginxBlock& block, const NginxDirective& directive) {
  std::string_view pattern = directive.argument(0);
  if (pattern.empty() || is_full_) return;
  const Named& named = find(std::string(pattern));
  if (!named.problem.empty()) {
    if (!is_stock_file(pattern)) add_gap(block, directive.header, named.problem);
    return;
  }
  for (const auto& [source, problem] : named.files) {
    if (is_full_) return;
    if (source == nullptr) {
      add_gap(block, directive.header, problem);
    } else {
      include_file(block, directive, *source);
    }
  }
}

void Expander::include_file(NginxBlock& block, const NginxDirective& directive, NginxSource& source) {
  if (++includes_ > limits_.includes)
    return limit(block, directive.header,
                 fmt::format("the configuration includes more than {} files", limits_.includes));
  if (open_.size() >= limits_.include_depth)
    return limit(block, directive.header, fmt::format("includes nest deeper than {} levels", limits_.include_depth));
  if (std::ranges::find(open_, &source) != open_.end()) {
    block.gaps.push_back({directive.header, "the file includes itself"});
    root_->diagnostics.push_back(nginx_invalid(
        directive.header, fmt::format("`{}` includes itself, so nginx would not start", escape_controls(source.path)),
        "remove the `include`, or narrow its pattern"));
    return;
  }
  included_.insert(&source);
  fill_file(block, source);
}

void Expander::add_gap(NginxBlock& block, Span span, std::string reason) {
  root_->diagnostics.push_back(nginx_not_read(span, fmt::format("the `include` was not read: {}", reason),
                                              "add the files to the paths that are checked"));
  block.gaps.push_back({span, std::move(reason)});
}

void Expander::limit(NginxBlock& block, Span span, std::string message) {
  block.gaps.push_back({span, message});
  if (std::exchange(is_full_, true)) return;
  root_->diagnostics.push_back(nginx_limit_exceeded(span, message + "; what is beyond was left out",
                                                    "exclude the files if they are not meant to be read"));
}

}  // namespace halint

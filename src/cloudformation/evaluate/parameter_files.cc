// Reads parameter files, in the shapes that the AWS CLI and CodePipeline take.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "cloudformation/evaluate/worlds.h"

namespace halint {
namespace {

void set(GivenParameters& to, const TemplateNode* name, const TemplateNode& value) {
  std::string text(value.text);
  for (const TemplateNode& item : value.items) text += (text.empty() ? "" : ",") + std::string(item.text);
  if (name != nullptr && name->is_text() && (value.is_text() || value.is_list()))
    to.insert_or_assign(std::string(name->text), GivenParameter{std::move(text), value.span});
}

// [{ParameterKey, ParameterValue}], ["NAME=VALUE"], {Parameters: {NAME: VALUE}}, {NAME: VALUE}.
void read_file(const TemplateNode& root, GivenParameters& to) {
  for (const TemplateNode& item : root.items) {
    if (const TemplateNode* value = item.find("ParameterValue")) set(to, item.find("ParameterKey"), *value);
    std::size_t equals = item.text.find('=');
    if (item.is_text() && equals != item.text.npos)
      to.insert_or_assign(std::string(item.text.substr(0, equals)),
                          GivenParameter{std::string(item.text.substr(equals + 1)), item.span});
  }
  const TemplateNode* parameters = root.find("Parameters");
  for (const TemplateMember& member : parameters != nullptr ? parameters->members : root.members) {
    TemplateNode name;
    name.form = TemplateNode::Form::kText;
    name.text = member.key;
    set(to, &name, member.value);
  }
}

}  // namespace

GivenParameters read_parameters(const CloudFormationWorkspace::State& state, const CloudFormationOptions& options,
                                std::vector<Diagnostic>& diagnostics) {
  GivenParameters given;
  for (const std::string& path : options.parameter_files) {
    Result<std::string> text = state.files.read(path, options.limits.file_bytes);
    if (!text) {
      diagnostics.push_back(template_error({}, text.error().message, "--parameters names a file of parameters"));
      continue;
    }
    FileId id = state.sources.add(path, std::move(*text));
    const std::string& content = state.sources.file(id).text;
    if (first_invalid_utf8(content)) {
      diagnostics.push_back(template_error({id, 0, 0}, "the file is not UTF-8", "save it in UTF-8"));
      continue;
    }
    Arena arena;
    TemplateLimits limits;
    std::size_t begin = content.find_first_not_of(" \t\r\n");
    bool is_json = begin != content.npos && (content[begin] == '{' || content[begin] == '[');
    TemplateTree tree =
        is_json ? read_json_template(content, id, arena, limits) : read_yaml_template(content, id, arena, limits);
    diagnostics.insert(diagnostics.end(), tree.diagnostics.begin(), tree.diagnostics.end());
    if (!tree.documents.empty()) read_file(tree.documents[0], given);
  }
  for (const auto& [name, value] : options.parameters) given.insert_or_assign(name, GivenParameter{value, {}});
  return given;
}

}  // namespace halint

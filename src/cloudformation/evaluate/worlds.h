// The worlds of a template: each combination of the inputs without value that decide its conditions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cloudformation/evaluate/evaluator.h"

namespace halint {

std::vector<Configuration> evaluate_worlds(const CloudFormationWorkspace::State& state, const TemplateFile& root,
                                           const CloudFormationOptions& options);

// Parameter files in the shapes of the AWS CLI and of CodePipeline, then what was given by name.
GivenParameters read_parameters(const CloudFormationWorkspace::State& state, const CloudFormationOptions& options,
                                std::vector<Diagnostic>& diagnostics);

}  // namespace halint

-- Drives Neovim (0.7 to 0.11) through the plan of run.py, and writes down what it showed.
-- SPDX-License-Identifier: Apache-2.0
local plan = vim.fn.json_decode(vim.fn.readfile(vim.env.HALINT_TEST_PLAN))
local version = vim.version()
local record = { client = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch) }
local severities = { 'error', 'warning', 'note' }

local function client_of(buffer)
  local attached = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or
    vim.tbl_values(vim.lsp.buf_get_clients(buffer))
  return attached[1]
end

local function lsp_of(diagnostic)
  return diagnostic.user_data.lsp
end

-- What is underlined, in the editor's own columns.
local function text_of(buffer, d)
  local lines = vim.api.nvim_buf_get_text(buffer, d.lnum, d.col, d.end_lnum, d.end_col, {})
  return table.concat(lines, '\n')
end

local function shown(buffer)
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local related = {}
    for _, r in ipairs(lsp_of(d).relatedInformation or {}) do
      table.insert(related, { vim.fn.fnamemodify(vim.uri_to_fname(r.location.uri), ':t'), r.location.range.start.line + 1, r.message })
    end
    table.insert(list, { rule = lsp_of(d).code or d.code, line = d.lnum + 1, severity = severities[d.severity],
      text = text_of(buffer, d), message = d.message, related = related })
  end
  return list
end

local function find(buffer, rule)
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    if (lsp_of(d).code or d.code) == rule then return d end
  end
end

local function wait_for(buffer, rule, is_wanted)
  vim.wait(plan.patience * 1000, function() return (find(buffer, rule) ~= nil) == is_wanted end, 20)
end

local function ask(buffer, method, parameters)
  for _, answer in pairs(vim.lsp.buf_request_sync(buffer, method, parameters, plan.patience * 1000) or {}) do
    return answer.result
  end
end

local function at(buffer, line, character)
  return { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = line - 1, character = character } }
end

local function hover(buffer, line)
  local answer = ask(buffer, 'textDocument/hover', at(buffer, line, 2))
  return answer and answer ~= vim.NIL and answer.contents.value or ''
end

local function actions_for(buffer, d)
  local range = lsp_of(d).range or { start = { line = d.lnum, character = d.col }, ['end'] = { line = d.end_lnum, character = d.end_col } }
  local diagnostic = vim.tbl_extend('keep', { range = range, message = d.message, severity = d.severity, source = d.source }, lsp_of(d))
  return ask(buffer, 'textDocument/codeAction', { textDocument = { uri = vim.uri_from_bufnr(buffer) }, range = range,
    context = { diagnostics = { diagnostic } } }) or {}
end

local function ignore(buffer, actions)
  local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client_of(buffer).offset_encoding)
  local after = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  wait_for(buffer, plan.finding.rule, false)
  record.ignored = { shown = shown(buffer), lines = #after - #before, text = after[plan.finding.line] }
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, before)
  wait_for(buffer, plan.finding.rule, true)
end

local function edit(buffer, change)
  vim.api.nvim_buf_set_lines(buffer, change.line - 1, change.line, false, { change.text })
  wait_for(buffer, change.rule, change.is_found)
  return shown(buffer)
end

-- Where the name at a place leads: "file:line".
local function leads_to(jump)
  vim.cmd('edit ' .. vim.fn.fnameescape(jump.file))
  local buffer = vim.api.nvim_get_current_buf()
  vim.wait(plan.patience * 1000, function() return client_of(buffer) ~= nil end, 20)
  local places = {}
  vim.wait(plan.patience * 1000, function()
    local parameters = at(buffer, jump.line, jump.character)
    parameters.context = { includeDeclaration = false }
    for _, place in ipairs(ask(buffer, 'textDocument/' .. jump.method, parameters) or {}) do
      table.insert(places, vim.fn.fnamemodify(vim.uri_to_fname(place.uri), ':t') .. ':' .. place.range.start.line + 1)
    end
    return #places > 0
  end, 50)
  return places
end

local function main()
  vim.cmd('edit ' .. vim.fn.fnameescape(plan.file))
  local buffer = vim.api.nvim_get_current_buf()
  wait_for(buffer, plan.finding.rule, true)
  record.shown = shown(buffer)
  record.hover = hover(buffer, plan.finding.line)
  record.hover_resource = hover(buffer, plan.resource_line)
  local symbols = {}
  for _, symbol in ipairs(ask(buffer, 'textDocument/documentSymbol', { textDocument = { uri = vim.uri_from_bufnr(buffer) } }) or {}) do
    table.insert(symbols, symbol.name)
  end
  record.symbols = symbols
  local found = find(buffer, plan.finding.rule)
  local actions = found and actions_for(buffer, found) or {}
  record.actions = vim.tbl_map(function(action) return action.title end, actions)
  if actions[1] then ignore(buffer, actions) end
  record.mended = edit(buffer, plan.mend)
  record.broken = edit(buffer, plan.spoil)
  record.elsewhere = {}
  for _, d in ipairs(vim.diagnostic.get()) do
    if d.bufnr ~= buffer then table.insert(record.elsewhere, vim.fn.fnamemodify(vim.api.nvim_buf_get_name(d.bufnr), ':t') .. ' ' .. (lsp_of(d).code or d.code)) end
  end
  vim.cmd('edit!')
  record.jumps = vim.tbl_map(leads_to, plan.jumps)
end

local is_good, fault = pcall(main)
if not is_good then record.fault = tostring(fault) end
vim.fn.writefile({ vim.fn.json_encode(record) }, plan.out)
vim.cmd('qall!')

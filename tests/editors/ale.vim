" Drives ALE in Vim through the plan of run.py, and writes down what it showed.
" SPDX-License-Identifier: Apache-2.0
let s:plan = json_decode(join(readfile($HALINT_TEST_PLAN), "\n"))
let s:record = {'client': 'Vim ' . v:version / 100 . '.' . v:version % 100 . ' with ALE'}
let s:severities = {'E': 'error', 'W': 'warning', 'I': 'note'}
let g:ale_hover_to_preview = 1
let g:ale_update_tagstack = 0

function! s:Shown() abort
  let l:list = []
  for l:item in ale#engine#GetLoclist(bufnr(''))
    " ALE counts bytes, and takes the last one in.
    let l:text = strpart(getline(l:item.lnum), l:item.col - 1, l:item.end_col - l:item.col + 1)
    call add(l:list, {'rule': l:item.code, 'line': l:item.lnum, 'severity': s:severities[l:item.type],
    \                 'text': l:text, 'message': l:item.text, 'related': v:null})
  endfor
  return l:list
endfunction

function! s:WaitUntil(IsDone) abort
  for l:i in range(s:plan.patience * 20)
    if a:IsDone() | return | endif
    sleep 50m
  endfor
endfunction

function! s:Has(rule) abort
  return !empty(filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> get(item, 'code', '') is# a:rule}))
endfunction

function! s:WaitFor(rule, is_wanted) abort
  call ale#Queue(0)
  call s:WaitUntil({-> s:Has(a:rule) == (a:is_wanted ? 1 : 0)})
endfunction

" ALE writes into the window of the preview.
function! s:Hover(line) abort
  silent! pclose!
  call cursor(a:line, 3)
  let l:here = bufnr('')
  ALEHover
  call s:WaitUntil({-> !empty(filter(range(1, winnr('$')), {_, w -> getwinvar(w, '&previewwindow')}))})
  let l:text = ''
  for l:window in range(1, winnr('$'))
    if getwinvar(l:window, '&previewwindow') | let l:text = join(getbufline(winbufnr(l:window), 1, '$'), "\n") | endif
  endfor
  silent! pclose!
  execute 'buffer' l:here
  return l:text
endfunction

function! s:KeepActions(data, items) abort
  let s:actions = {'data': a:data, 'items': map(copy(a:items), {_, item -> item[1]})}
endfunction

function! s:Ignore() abort
  call cursor(s:plan.finding.line, 1)
  unlet! s:actions
  call ale#codefix#Execute(0, function('s:KeepActions'))
  call s:WaitUntil({-> exists('s:actions')})
  let s:record.actions = map(copy(s:actions.items), {_, item -> item.title})
  let l:before = getline(1, '$')
  call ale#codefix#ApplyLSPCodeAction(s:actions.data, s:actions.items[0])
  call s:WaitFor(s:plan.finding.rule, v:false)
  let s:record.ignored = {'shown': s:Shown(), 'lines': line('$') - len(l:before), 'text': getline(s:plan.finding.line)}
  silent %delete _
  call setline(1, l:before)
  call s:WaitFor(s:plan.finding.rule, v:true)
endfunction

function! s:Edit(change) abort
  call setline(a:change.line, a:change.text)
  call s:WaitFor(a:change.rule, a:change.is_found)
  return s:Shown()
endfunction

function! s:Jump(jump) abort
  if a:jump.method isnot# 'definition' | return v:null | endif
  execute 'edit!' fnameescape(a:jump.file)
  call ale#Queue(0)
  let l:from = a:jump.file . ':' . a:jump.line
  let l:To = {-> expand('%:p') . ':' . line('.')}
  for l:i in range(s:plan.patience)
    call cursor(a:jump.line, a:jump.character + 1)
    ALEGoToDefinition
    for l:j in range(20)
      if l:To() isnot# l:from | return [expand('%:t') . ':' . line('.')] | endif
      sleep 50m
    endfor
  endfor
  return []
endfunction

function! s:Follow() abort
  try
    execute 'edit' fnameescape(s:plan.file)
    set hidden
    call s:WaitFor(s:plan.finding.rule, v:true)
    let s:record.shown = s:Shown()
    let s:record.hover = s:Hover(s:plan.finding.line)
    let s:record.hover_resource = s:Hover(s:plan.resource_line)
    call s:Ignore()
    let s:record.mended = s:Edit(s:plan.mend)
    let s:record.broken = s:Edit(s:plan.spoil)
    let s:record.jumps = map(copy(s:plan.jumps), {_, jump -> s:Jump(jump)})
  catch
    let s:record.fault = v:exception . ' at ' . v:throwpoint
  endtry
  call writefile([json_encode(s:record)], s:plan.out)
  qall!
endfunction

call timer_start(0, {-> s:Follow()})

// Lua inside `*_by_lua_block { ... }`: everything up to the brace that closes the block. Braces in Lua's strings,
// comments and long brackets do not count, as in the lexer of nginx's Lua module.
// SPDX-License-Identifier: Apache-2.0
#include "tree_sitter/parser.h"

enum TokenType { LUA_CODE };

void *tree_sitter_nginx_external_scanner_create(void) { return NULL; }
void tree_sitter_nginx_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_nginx_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}
void tree_sitter_nginx_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static void skip_line(TSLexer *lexer) {
  while (!lexer->eof(lexer) && lexer->lookahead != '\n') advance(lexer);
}

// Up to the quote, or the end of the line: Lua's strings have one line, unless its end is escaped.
static void skip_string(TSLexer *lexer, int32_t quote) {
  advance(lexer);
  while (!lexer->eof(lexer) && lexer->lookahead != quote && lexer->lookahead != '\n') {
    if (lexer->lookahead == '\\') advance(lexer);
    if (!lexer->eof(lexer)) advance(lexer);
  }
  if (lexer->lookahead == quote) advance(lexer);
}

// At `[`: passes over `[==[ ... ]==]`. Of anything else, over the bracket alone; false then.
static bool skip_long_bracket(TSLexer *lexer) {
  unsigned level = 0;
  advance(lexer);
  while (lexer->lookahead == '=') {
    ++level;
    advance(lexer);
  }
  if (lexer->lookahead != '[') return false;
  advance(lexer);
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead != ']') {
      advance(lexer);
      continue;
    }
    advance(lexer);
    unsigned found = 0;
    while (lexer->lookahead == '=' && found < level) {
      ++found;
      advance(lexer);
    }
    if (found == level && lexer->lookahead == ']') {
      advance(lexer);
      break;
    }
  }
  return true;
}

bool tree_sitter_nginx_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[LUA_CODE]) return false;
  unsigned depth = 0;
  bool has_content = false;
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '}' && depth == 0) break;
    has_content = true;
    if (c == '{') {
      ++depth;
      advance(lexer);
    } else if (c == '}') {
      --depth;
      advance(lexer);
    } else if (c == '"' || c == '\'') {
      skip_string(lexer, c);
    } else if (c == '[') {
      skip_long_bracket(lexer);
    } else if (c == '-') {
      advance(lexer);
      if (lexer->lookahead != '-') continue;
      advance(lexer);
      bool is_long = lexer->lookahead == '[' && skip_long_bracket(lexer);
      if (!is_long) skip_line(lexer);
    } else {
      advance(lexer);
    }
  }
  lexer->result_symbol = LUA_CODE;
  return has_content;
}

// nginx's configuration language, after the lexer of nginx itself: a word ends at white space, `;` or `{`, and nowhere
// else. Every text is a tree: what nginx refuses is a node of its own (`unfinished_directive`, `unclosed_block`,
// `unterminated_string`, `glued_text`, `stray_*`), so that a fault stays in the directive where it is.
// SPDX-License-Identifier: Apache-2.0

// A backslash protects any character; `$` makes the braces after it part of the word: `${name}`.
const ESCAPE = /\\(.|\n)/;
const DOLLAR = /\$\{*/;
const LONE_BACKSLASH = /\\/; // At the end of the file.
const WORD_START = /[^ \t\r\n;{}#"'\\$]/;
const WORD_REST = /[^ \t\r\n;{\\$]/;

module.exports = grammar({
  name: "nginx",

  externals: ($) => [$.lua_code],

  extras: ($) => [/[ \t\r\n]/, $.comment],

  rules: {
    file: ($) => repeat(choice($._item, alias("}", $.stray_close))),

    _item: ($) =>
      choice(
        $.directive,
        $.block_directive,
        $.lua_directive,
        $.unfinished_directive,
        alias(";", $.stray_semicolon),
        $.stray_block,
      ),

    directive: ($) => seq(choice($._words, $._lua_words), ";"),
    block_directive: ($) => seq($._words, choice($.block, $.unclosed_block)),
    // `content_by_lua_block { ... }`: what is in the braces is Lua.
    lua_directive: ($) => seq($._lua_words, choice($.lua_block, $.unclosed_lua_block)),
    // The file or the block around it ends where `;` or `{` is missing.
    unfinished_directive: ($) => prec.right(-1, choice($._words, $._lua_words)),
    stray_block: ($) => choice($.block, $.unclosed_block),

    block: ($) => seq("{", repeat($._item), "}"),
    unclosed_block: ($) => prec.right(-1, seq("{", repeat($._item))),
    lua_block: ($) => seq("{", optional($.lua_code), "}"),
    unclosed_lua_block: ($) => prec.right(-1, seq("{", optional($.lua_code))),

    _words: ($) => prec.right(seq(field("name", choice($.word, $._quoted)), repeat($._argument))),
    _lua_words: ($) => prec.right(seq(field("name", $._lua_name), repeat($._argument))),
    _argument: ($) => choice($.word, $._lua_name, $._quoted),
    _quoted: ($) => choice(seq($.string, optional($.glued_text)), $.unterminated_string),

    _lua_name: ($) => choice(alias($.lua_word, $.word), alias($.lua_string, $.string)),
    lua_word: (_) => token(/[a-z_]+_by_lua_block/),
    lua_string: (_) => token(choice(/"[a-z_]+_by_lua_block"/, /'[a-z_]+_by_lua_block'/)),
    word: (_) => token(choice(
      seq(choice(ESCAPE, DOLLAR, WORD_START), repeat(choice(ESCAPE, DOLLAR, WORD_REST)), optional(LONE_BACKSLASH)),
      LONE_BACKSLASH,
    )),
    string: (_) => token(choice(
      seq('"', repeat(choice(ESCAPE, /[^"\\]/)), '"'),
      seq("'", repeat(choice(ESCAPE, /[^'\\]/)), "'"),
    )),
    unterminated_string: (_) => token(choice(
      seq('"', repeat(choice(ESCAPE, /[^"\\]/)), optional(LONE_BACKSLASH)),
      seq("'", repeat(choice(ESCAPE, /[^'\\]/)), optional(LONE_BACKSLASH)),
    )),
    // After a quoted word nginx wants white space, `;`, `{` or `)`.
    glued_text: (_) => token.immediate(prec(1, /[^ \t\r\n;{})][^ \t\r\n;{}]*/)),
    comment: (_) => token(/#[^\n]*/),
  },
});

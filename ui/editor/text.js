// The texts that the editor writes: the subset that items keep, read from Markdown and written as Markdown.
import MarkdownIt from "markdown-it";
import { Schema } from "prosemirror-model";
import { MarkdownParser, MarkdownSerializer, defaultMarkdownSerializer } from "prosemirror-markdown";

/** Addresses that a link may have. */
export const LINK = /^(https?:\/\/|mailto:|tel:)\S+$/i;

const simple = (tag, more = {}) => ({ parseDOM: [{ tag }], toDOM: () => [tag, 0], ...more });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: simple("p", { content: "inline*", group: "block" }),
    blockquote: simple("blockquote", { content: "block+", group: "block", defining: true }),
    bullet_list: simple("ul", { content: "list_item+", group: "block", attrs: { tight: { default: true } } }),
    ordered_list: simple("ol", {
      content: "list_item+",
      group: "block",
      attrs: { order: { default: 1 }, tight: { default: true } },
    }),
    list_item: simple("li", { content: "paragraph block*", defining: true }),
    code_block: {
      content: "text*",
      group: "block",
      code: true,
      defining: true,
      marks: "",
      attrs: { params: { default: "" } },
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
      toDOM: () => ["pre", ["code", 0]],
    },
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {}, title: { default: null } },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (a) => LINK.test(a.getAttribute("href")) && { href: a.getAttribute("href") } }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
    strike: { parseDOM: [{ tag: "del" }, { tag: "s" }], toDOM: () => ["del", 0] },
    code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});

const reader = MarkdownIt("default", { html: false, linkify: false });
reader.disable(["table", "image", "hr", "heading", "lheading", "reference", "html_block", "html_inline"], true);
// `__` underlines, as the node reads it.
reader.core.ruler.push("underline", (state) => {
  for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
    if (token.markup === "__") token.type = token.type.replace("strong", "underline");
  }
});

const parser = new MarkdownParser(schema, reader, {
  blockquote: { block: "blockquote" },
  paragraph: { block: "paragraph" },
  list_item: { block: "list_item" },
  bullet_list: { block: "bullet_list" },
  ordered_list: { block: "ordered_list", getAttrs: (token) => ({ order: Number(token.attrGet("start") ?? 1) }) },
  code_block: { block: "code_block", noCloseToken: true },
  fence: { block: "code_block", noCloseToken: true },
  hardbreak: { node: "hard_break" },
  softbreak: { node: "hard_break" },
  em: { mark: "em" },
  strong: { mark: "strong" },
  underline: { mark: "underline" },
  s: { mark: "strike" },
  link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href") }) },
  code_inline: { mark: "code", noCloseToken: true },
});

const around = (sign) => ({ open: sign, close: sign, mixable: true, expelEnclosingWhitespace: true });
const writer = new MarkdownSerializer(
  { ...defaultMarkdownSerializer.nodes },
  { ...defaultMarkdownSerializer.marks, underline: around("__"), strike: around("~~") },
  // What is typed here is text, never markup.
  { escapeExtraCharacters: /[<&]/g },
);

export const read = (markdown) => parser.parse(markdown);
export const write = (doc) => writer.serialize(doc);

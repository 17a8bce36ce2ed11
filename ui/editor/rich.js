// Formatted text, written as it will look. The field below it stays what is sent: Markdown, kept in step. Without
// this script, or at the press of a button, it is written in by hand.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { bar } from "./bar.js";
import { read, schema, write } from "./text.js";

const { marks, nodes } = schema;

const newLine = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const plugins = () => [
  inputRules({
    rules: [
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]) })),
    ],
  }),
  keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-b": toggleMark(marks.strong),
    "Mod-i": toggleMark(marks.em),
    "Shift-Enter": newLine,
    Enter: splitListItem(nodes.list_item),
    // Tab goes on to the next field, as everywhere.
    "Mod-]": sinkListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
  }),
  keymap(baseKeymap),
  history(),
];

function dress(field) {
  const words = JSON.parse(field.dataset.rich);
  delete field.dataset.rich;
  const id = field.id;
  const label = document.querySelector(`label[for="${id}"]`);
  const dom = document.createElement("div");
  dom.className = "rich-frame";
  field.before(dom);
  let mine = false;
  const attributes = { id, class: "prose rich-text", role: "textbox", "aria-multiline": "true" };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) attributes[name] = field.getAttribute(name);
  }
  if (label) {
    label.id ||= `${id}-label`;
    attributes["aria-labelledby"] = label.id;
  }
  field.id = `${id}-plain`;
  const start = () => EditorState.create({ doc: read(field.value), plugins: plugins() });
  const view = new EditorView({ mount: dom.appendChild(document.createElement("div")) }, {
    state: start(),
    attributes,
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      tools.update();
      if (!transaction.docChanged) return;
      mine = true;
      field.value = write(view.state.doc);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      mine = false;
    },
  });
  const tools = bar(words, view, id);
  dom.prepend(tools.dom);
  label?.addEventListener("click", () => (dom.hidden ? field : view).focus());
  const other = document.createElement("button");
  other.type = "button";
  other.className = "quiet rich-other";
  field.after(other);
  const show = (rich) => {
    if (rich) view.updateState(start());
    dom.hidden = !rich;
    field.hidden = rich;
    other.textContent = rich ? words.by_hand : words.as_seen;
    const help = field.parentElement.querySelector(".help");
    if (help) help.hidden = rich;
  };
  other.addEventListener("click", () => {
    show(dom.hidden);
    (dom.hidden ? field : view).focus();
  });
  field.setAttribute("aria-labelledby", label?.id ?? "");
  // What another script puts into the field (a draft that is found again) is shown too.
  field.addEventListener("input", () => {
    if (!mine && !dom.hidden) view.updateState(start());
  });
  show(true);
}

for (const field of document.querySelectorAll("textarea[data-rich]")) dress(field);

// The bar above the text: one button for each form, reached with one press of the tabulator and walked with the
// arrows (WAI-ARIA, toolbar pattern).
import { lift, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { LINK, schema } from "./text.js";

const { marks, nodes } = schema;

function holds(state, mark) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(mark.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, mark);
}

function within(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

/** A list or a quotation is taken away by the button that made it. */
const around = (type, make, take) => (state, dispatch, view) =>
  (within(state, type) ? take : make)(state, dispatch, view);

const link = (ask) => (state, dispatch, view) => {
  if (holds(state, marks.link)) return toggleMark(marks.link)(state, dispatch, view);
  if (state.selection.empty) return false;
  if (dispatch) {
    ask((href) => toggleMark(marks.link, { href })(view.state, view.dispatch, view));
  }
  return true;
};

const tools = (ask) => [
  ["bold", toggleMark(marks.strong), (state) => holds(state, marks.strong)],
  ["italic", toggleMark(marks.em), (state) => holds(state, marks.em)],
  ["link", link(ask), (state) => holds(state, marks.link)],
  ["bullets", around(nodes.bullet_list, wrapInList(nodes.bullet_list), liftListItem(nodes.list_item)), (state) => within(state, nodes.bullet_list)],
  ["numbers", around(nodes.ordered_list, wrapInList(nodes.ordered_list), liftListItem(nodes.list_item)), (state) => within(state, nodes.ordered_list)],
  ["quote", around(nodes.blockquote, wrapIn(nodes.blockquote), lift), (state) => within(state, nodes.blockquote)],
  ["undo", undo, null],
  ["redo", redo, null],
];

/** The bar of a text. `words` are what its buttons say, by name. */
export function bar(words, view, id) {
  const dom = document.createElement("div");
  dom.className = "rich-bar";
  dom.setAttribute("role", "toolbar");
  dom.setAttribute("aria-label", words.bar);
  dom.setAttribute("aria-controls", id);
  const asking = asker(words, view);
  const buttons = tools(asking.ask).map(([name, run, on]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[name];
    button.dataset.tool = name;
    // The selection stays where it is.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      run(view.state, view.dispatch, view);
      if (!asking.open()) view.focus();
    });
    dom.append(button);
    return { button, run, on };
  });
  const stop = (at) => buttons.forEach(({ button }, index) => button.tabIndex = index === at ? 0 : -1);
  stop(0);
  dom.addEventListener("keydown", (event) => {
    const at = buttons.findIndex(({ button }) => button === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    stop(next);
    buttons[next].button.focus();
  });
  dom.append(asking.dom);
  const update = () => {
    for (const { button, run, on } of buttons) {
      if (on) button.setAttribute("aria-pressed", String(on(view.state)));
      button.setAttribute("aria-disabled", String(!run(view.state)));
    }
  };
  update();
  return { dom, update };
}

/** Asks for the address of a link, in the bar itself. */
function asker(words, view) {
  const dom = document.createElement("div");
  dom.className = "rich-link";
  dom.hidden = true;
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = "url";
  label.append(words.address, input);
  const done = document.createElement("button");
  done.type = "button";
  done.textContent = words.linked;
  const wrong = document.createElement("p");
  wrong.className = "error";
  wrong.setAttribute("role", "alert");
  dom.append(label, done, wrong);
  let answer = null;
  const close = () => {
    dom.hidden = true;
    view.focus();
  };
  const take = () => {
    const typed = input.value.trim();
    const href = /^[a-z]+:/i.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
    if (!typed || !LINK.test(href)) {
      wrong.textContent = words.wrong;
      input.focus();
      return;
    }
    answer?.(href);
    close();
  };
  done.addEventListener("click", take);
  dom.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") {
      event.preventDefault();
      take();
    } else if (event.key === "Escape") close();
  });
  const ask = (then) => {
    answer = then;
    wrong.textContent = "";
    input.value = "";
    dom.hidden = false;
    input.focus();
  };
  return { dom, ask, open: () => !dom.hidden };
}

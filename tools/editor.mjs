// The SQL editor of the page 分析: CodeMirror with the dialect of DuckDB, completion (completion.mjs), and words in Chinese.
// tools/vendor.mjs makes assets/vendor/codemirror.lazy.js of it. Without that file the page keeps its plain text field.
//
//   const editor = window.SqlEditor.create(parent, { text, label, values, onChange, onRun });
//   editor.text(), editor.write(text), editor.schema(tables), editor.mark(line, column), editor.clear(), editor.focus()
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { PostgreSQL, SQLDialect, keywordCompletionSource, sql } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { offers } from "./completion.mjs";

// Words of DuckDB's grammar that a query uses. PostgreSQL's own list would colour columns such as scope, name or level.
const KEYWORDS = `all anti any as asc asof between by case cast cross describe desc distinct else end escape except exclude exists
  explain filter first following from full group having ilike in inner intersect is isnull join last lateral left like limit natural
  not notnull null nulls offset on or and order outer over partition pivot positional preceding qualify range recursive replace right
  row rows sample select semi similar some summarize then to try_cast unbounded union unpivot using values when where window with
  within true false`;
const dialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: KEYWORDS,
  doubleDollarQuotedStrings: false,
  specialVar: "$",
});
const words = EditorState.phrases.of({ "Completions": "补全", "Control character": "控制字符" });

/** The place that DuckDB complains about. */
const setFault = StateEffect.define();
const fault = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) if (effect.is(setFault)) return effect.value;
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function place(doc, line, column) {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(found.from + Math.max(column - 1, 0), found.to);
  const word = /^[\p{L}\p{N}_.]+|^./u.exec(doc.sliceString(from, found.to));
  const to = Math.min(from + (word ? word[0].length : 1), found.to);
  return to > from ? [from, to] : [Math.max(found.from, from - 1), Math.max(from, found.from)];
}

function create(parent, { text, label, hint, values, onChange, onRun }) {
  let tables = [];
  const run = () => { onRun(); return true; };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        autocompletion({ icons: false, override: [offers(() => tables, values), keywordCompletionSource(dialect)] }), highlightActiveLine(), syntaxHighlighting(classHighlighter), EditorView.lineWrapping, fault, words,
        placeholder(hint || ""),
        keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        sql({ dialect }),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) onChange(view.state.doc.toString()); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    write: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    insert: (piece) => view.dispatch(view.state.replaceSelection(piece)),
    schema: (listed) => { tables = listed; },
    mark(line, column) {
      const [from, to] = place(view.state.doc, line, column);
      if (to <= from) return;
      const marks = Decoration.set([Decoration.mark({ class: "sql-fault" }).range(from, to)]);
      view.dispatch({ effects: [setFault.of(marks), EditorView.scrollIntoView(from)] });
    },
    go(line, column) {
      view.dispatch({ selection: { anchor: place(view.state.doc, line, column)[0] }, scrollIntoView: true });
      view.focus();
    },
    clear: () => view.dispatch({ effects: setFault.of(Decoration.none) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

window.SqlEditor = { create };

// What the editor of the page 分析 offers at a place of a statement: tables after from, columns of the tables in from (with or without an
// alias, whatever script the names are written in), and the values of a column behind = or in.
//
//   const offer = offers(() => tables, values);   // a CompletionSource of CodeMirror
//   tables: as GET /api/schema lists them; values(table, column, typed): a promise of [{value, name}]

const SEARCHED = ["mart", "zh", "core", "quality", "meta"]; // where DuckDB looks for a table without a schema (dashboard/sandbox/names.py)
const TOKEN = /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\w.]*)|(?<sign><>|!=|<=|>=|[^\s])/gu;
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const COMPARED = /^(=|<>|!=|<|>|<=|>=|like|ilike|in)$/i;
const TAKES_TABLE = /^(from|join|describe|desc|summarize|show)$/i;
// Words that end a table's name in from: what else follows it is its alias.
const NO_ALIAS = /^(where|group|order|having|limit|offset|join|inner|left|right|full|cross|semi|anti|asof|natural|positional|lateral|on|using|union|except|intersect|select|qualify|window|sample|tablesample|pivot|unpivot|values|with|set)$/i;
const RESERVED = /^(all|and|any|as|asc|between|by|case|cast|cross|desc|distinct|else|end|except|exists|from|full|group|grouping|having|in|inner|intersect|into|is|join|left|like|limit|natural|not|null|offset|on|or|order|outer|precision|right|select|table|then|to|union|using|values|when|where|window|with)$/i;

/** The tokens of a statement but blanks, each with its kind and place. */
export function tokens(text) {
  return Array.from(text.matchAll(TOKEN), (found) => {
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    return { kind, text: found[0], from: found.index, to: found.index + found[0].length };
  });
}

const isName = (token) => !!token && (token.kind === "word" || token.kind === "quoted");
const bare = (token) => (token.kind === "quoted" ? token.text.slice(1).replace(/"$/, "").replace(/""/g, '"') : token.text);
const same = (one, other) => one.toLowerCase() === other.toLowerCase();
const written = (name) => (PLAIN.test(name) && !RESERVED.test(name) ? name : '"' + name.replace(/"/g, '""') + '"');
const short = (comment) => comment.split("：")[0];

/** schema, name and columns of each table that the server lists. */
function known(tables) {
  return tables.map((table) => {
    const dot = table.name.indexOf(".");
    const name = table.name.slice(dot + 1).replace(/^"|"$/g, "").replace(/""/g, '"');
    return { full: table.schema_name + "." + name, schema: table.schema_name, name, comment: table.comment, columns: table.columns };
  });
}

/** The table of a name with or without a schema; undefined when there is none. */
function lookUp(parts, all) {
  const name = parts[parts.length - 1];
  const schemas = parts.length > 1 ? [parts[parts.length - 2]] : SEARCHED;
  for (const schema of schemas) {
    const found = all.find((table) => same(table.schema, schema) && same(table.name, name));
    if (found) return found;
  }
  return undefined;
}

/** The relations that the statement names in from and join: {alias, table}. */
export function relations(list, tables) {
  const all = known(tables), found = [], inFrom = [];
  for (let at = 0; at < list.length; at++) {
    const token = list[at];
    if (token.text === "(") inFrom.push(false);
    else if (token.text === ")") inFrom.pop();
    else if (token.kind === "word" && NO_ALIAS.test(token.text) && !/^(join|inner|left|right|full|cross|on|using)$/i.test(token.text)) inFrom[inFrom.length - 1] = false;
    const starts = token.kind === "word" && /^(from|join)$/i.test(token.text);
    if (starts) { if (!inFrom.length) inFrom.push(true); else inFrom[inFrom.length - 1] = true; }
    if (!starts && !(token.text === "," && inFrom[inFrom.length - 1])) continue;
    if (!isName(list[at + 1])) continue;
    const parts = [bare(list[++at])];
    while (list[at + 1] && list[at + 1].text === "." && isName(list[at + 2])) { parts.push(bare(list[at + 2])); at += 2; }
    const table = lookUp(parts, all);
    let alias = parts[parts.length - 1];
    if (list[at + 1] && same(list[at + 1].text, "as") && isName(list[at + 2])) { alias = bare(list[at + 2]); at += 2; }
    else if (isName(list[at + 1]) && !NO_ALIAS.test(list[at + 1].text)) alias = bare(list[++at]);
    if (table) found.push({ alias, table });
  }
  return found;
}

/** The column that a value is compared with, where the tokens before it end so: {table, column}; null when they do not. */
function compared(before, there) {
  let at = before.length - 1;
  while (at >= 0 && (before[at].kind === "string" || before[at].text === ",")) at--; // in ('甲', …
  if (at >= 0 && before[at].text === "(") at--;
  if (at < 0 || !COMPARED.test(before[at].text)) return null;
  at--;
  if (at >= 0 && same(before[at].text, "not")) at--;
  if (!isName(before[at])) return null;
  const column = bare(before[at]);
  const alias = at > 1 && before[at - 1].text === "." && isName(before[at - 2]) ? bare(before[at - 2]) : null;
  const of = there.find((one) => (alias === null || same(one.alias, alias)) && one.table.columns.some((own) => same(own.name, column)));
  return of ? { table: of.table.full, column: of.table.columns.find((own) => same(own.name, column)).name } : null;
}

const columnsOf = (table, boost) => table.columns.map((column) => (
  { label: column.name, apply: written(column.name), type: "property", detail: short(column.comment), boost }));
const tablesAs = (all, named) => all.map((table) => (
  { label: named(table), apply: named === fullName ? written(table.schema) + "." + written(table.name) : written(table.name), type: "type", detail: short(table.comment), boost: -1 }));
const fullName = (table) => table.full;
const ownName = (table) => table.name;

function behindDot(path, there, all) {
  const schema = path.length === 1 ? all.filter((table) => same(table.schema, path[0])) : [];
  const own = there.filter((one) => path.length === 1 && same(one.alias, path[0])).map((one) => one.table);
  const table = own[0] || (path.length > 1 ? lookUp(path, all) : schema.length ? undefined : lookUp(path, all));
  return [...(table ? columnsOf(table, 2) : []), ...tablesAs(schema, ownName)];
}

function namesAt(there, all, last) {
  const takesTable = last && (TAKES_TABLE.test(last.text));
  const tables = [...tablesAs(all, fullName), ...Array.from(new Set(all.map((table) => table.schema)), (name) => ({ label: name, type: "namespace" }))];
  if (takesTable) return tables;
  const columns = new Map();
  for (const one of there) for (const column of columnsOf(one.table, 2)) if (!columns.has(column.label)) columns.set(column.label, column);
  const aliases = there.filter((one) => one.alias !== one.table.name).map((one) => ({ label: one.alias, apply: written(one.alias), type: "variable", detail: one.table.full, boost: 1 }));
  return [...columns.values(), ...aliases, ...tables];
}

/** The completion source. */
export function offers(tables, values) {
  return async (context) => {
    const text = context.state.doc.toString(), pos = context.pos;
    const list = tokens(text), all = known(tables());
    const inside = list.find((token) => token.from < pos && (pos < token.to || (pos === token.to && open(token))));
    if (inside && (inside.kind === "comment" || inside.kind === "quoted")) return null;
    const code = list.filter((token) => token.kind !== "comment"), there = relations(code, tables());
    if (inside && inside.kind === "string") {
      const of = compared(code.filter((token) => token.to <= inside.from), there);
      if (!of) return null;
      const typed = text.slice(inside.from + 1, pos).replace(/''/g, "'");
      return { from: inside.from + 1, filter: false, options: await listed(values, of, typed, text.slice(pos).startsWith("'") ? "" : "'") };
    }
    const word = /[\p{L}\p{N}_]*$/u.exec(text.slice(0, pos))[0], from = pos - word.length;
    const before = code.filter((token) => token.to <= from), last = before[before.length - 1];
    if (last && last.text === ".") {
      const path = [];
      for (let at = before.length - 1; at > 0 && before[at].text === "." && isName(before[at - 1]); at -= 2) path.unshift(bare(before[at - 1]));
      const options = behindDot(path, there, all);
      return options.length ? { from, options, validFor: /^[\p{L}\p{N}_]*$/u } : null;
    }
    if (!word && !context.explicit) return null;
    const of = compared(before, there);
    const quoted = of && (word || context.explicit) ? (await listed(values, of, word, "'")).map((one) => ({ ...one, apply: "'" + one.apply })) : [];
    if (quoted.length && word && !/^[\x00-\x7f]*$/.test(word)) return { from, filter: false, options: quoted }; // a Chinese value without its quotes
    return { from, options: [...quoted, ...namesAt(there, all, last)], ...(quoted.length ? {} : { validFor: /^[\p{L}\p{N}_]*$/u }) };
  };
}

const open = (token) => (token.kind === "string" || token.kind === "quoted"
  ? token.text.length < 2 || token.text[0] !== token.text[token.text.length - 1] : token.kind === "comment" && !token.text.endsWith("*/"));

async function listed(values, of, typed, close) {
  const found = await values(of.table, of.column, typed).catch(() => []);
  return found.map((one, at) => (
    { label: one.value, apply: one.value.replace(/'/g, "''") + close, type: "text", detail: one.name, boost: 3 - at / 100 }));
}

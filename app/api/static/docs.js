// Draws openapi.json. Text goes in as text, never as markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
let api;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// A part, or the component that it refers to.
function found(part) {
  return part && part.$ref ? part.$ref.split("/").slice(1).reduce((whole, name) => whole[name], api) : part;
}

function resolve(schema) {
  if (!schema) return {};
  if (schema.$ref) return found(schema);
  const whole = (schema.anyOf || []).find((one) => one.$ref);
  return whole ? resolve(whole) : schema;
}

function typeOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.properties && schema.title) return schema.title;
  const options = schema.anyOf || schema.oneOf;
  if (options) return options.map(typeOf).join(" | ");
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  return [].concat(schema.type || "any").join(" | ") + (schema.format ? ` (${schema.format})` : "");
}

function table(caption, rows) {
  if (!rows.length) return null;
  const head = make("tr", {}, ...["Name", "Type", "Meaning"].map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(([name, type, meaning]) =>
    make("tr", {}, make("th", { scope: "row" }, make("code", {}, name)), make("td", {}, type), make("td", {}, meaning)));
  return make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
}

function parameters(operation) {
  return table("Parameters", (operation.parameters || []).map(found).map((one) =>
    [one.name, `${one.in}, ${typeOf(one.schema)}`,
      [one.required ? "Required." : "", one.description || "", limits(one.schema || {})].filter(Boolean).join(" ")]));
}

const LIMITS = [
  ["default", "Default %."], ["minimum", "At least %."], ["maximum", "At most %."], ["minLength", "At least % characters."],
  ["maxLength", "At most % characters."], ["minItems", "At least % items."], ["maxItems", "At most % items."],
];

function limits(schema) {
  const parts = [schema, ...(schema.anyOf || schema.oneOf || [])].filter((one) => !one.$ref);
  return LIMITS.flatMap(([key, sentence]) => {
    const limited = parts.find((one) => one[key] !== undefined && one[key] !== null);
    return limited ? [sentence.replace("%", JSON.stringify(limited[key]))] : [];
  }).join(" ");
}

function models(schema) {
  if (!schema) return [];
  if (schema.$ref) return [schema.$ref.split("/").pop()];
  if (schema.properties && schema.title) return [schema];
  return [...(schema.anyOf || schema.oneOf || []), schema.items, schema.additionalProperties].flatMap(models);
}

// A model within a model opens where it is named; it is drawn only then, as models may hold each other.
function nested(model) {
  const schema = typeof model === "string" ? api.components.schemas[model] : model;
  const name = typeof model === "string" ? model : schema.title;
  const node = make("details", { class: "model" }, make("summary", {}, name));
  node.addEventListener("toggle", () => {
    if (node.childElementCount > 1) return;
    if (schema.description) node.append(make("p", {}, schema.description));
    node.append(fields(name, schema) ?? "");
  });
  return node;
}

function fields(caption, schema) {
  const model = resolve(schema);
  const required = new Set(model.required || []);
  return table(caption, Object.entries(model.properties || {}).map(([name, one]) => {
    const said = [required.has(name) ? "Required." : "", one.description || "", limits(one)].filter(Boolean).join(" ");
    return [name, typeOf(one), make("div", {}, said, ...models(one).map(nested))];
  }));
}

function example(title, media) {
  const schema = resolve(media.schema);
  const named = Object.values(media.examples || {}).map(found)[0];
  const value = media.example ?? (named && named.value) ?? (schema.examples || [])[0];
  if (value === undefined) return [];
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [make("h3", {}, title), make("pre", { tabindex: "0" }, text)];
}

function problem(one) {
  const link = make("a", { href: one.value.type }, one.summary);
  return make("li", {}, link, `: ${one.value.detail}`);
}

function answers(operation) {
  const nodes = [];
  for (const [status, one] of Object.entries(operation.responses)) {
    const answer = found(one);
    nodes.push(make("h3", {}, `${status} ${answer.description}`));
    for (const [type, media] of Object.entries(answer.content || {})) {
      if (type === "application/problem+json") {
        nodes.push(make("ul", {}, ...Object.values(media.examples || {}).map(found).map(problem)));
        continue;
      }
      nodes.push(make("p", {}, make("code", {}, type)), fields("Fields", media.schema) ?? "");
      nodes.push(...example("Example", media));
    }
  }
  return nodes;
}

function content(operation) {
  const body = Object.entries((operation.requestBody || {}).content || {});
  const asked = body.flatMap(([type, media]) =>
    [make("h3", {}, `Body: ${type}`), fields("Fields", media.schema), ...example("Example body", media)]);
  const scopes = (operation.security || []).flatMap((one) => Object.values(one).flat());
  const who = operation["x-access"] || (scopes.length ? `Scope ${scopes.join(", ")}` : "");
  return [
    make("p", {}, operation.description || ""),
    who ? make("p", {}, `Who may: ${who}`) : null,
    parameters(operation), ...asked, ...answers(operation),
  ].filter(Boolean);
}

function call(path, method, operation) {
  const summary = make("summary", {},
    make("span", { class: "method" }, method.toUpperCase()), make("span", { class: "path" }, path),
    make("span", { class: "about" }, operation.summary || ""));
  const node = make("details", { id: operation.operationId }, summary);
  node.dataset.text = `${method} ${path} ${operation.summary} ${operation.description || ""}`.toLowerCase();
  // Thousands of rows are drawn only when somebody looks.
  node.addEventListener("toggle", () => node.childElementCount > 1 || node.append(...content(operation)));
  return node;
}

function draw() {
  document.getElementById("title").textContent = `${api.info.title} ${api.info.version}`;
  document.getElementById("about").textContent = api.info.description || "";
  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const tag = (item[method].tags || ["other"])[0];
      byTag.set(tag, [...(byTag.get(tag) || []), call(path, method, item[method])]);
    }
  }
  const sections = [...byTag].map(([tag, calls]) => make("section", {}, make("h2", {}, tag), ...calls));
  document.getElementById("calls").replaceChildren(...sections);
}

function find() {
  const wanted = document.getElementById("filter").value.trim().toLowerCase();
  let shown = 0;
  for (const section of document.querySelectorAll("#calls section")) {
    const calls = [...section.querySelectorAll(":scope > details")];
    for (const one of calls) one.hidden = !one.dataset.text.includes(wanted);
    const left = calls.filter((one) => !one.hidden).length;
    section.hidden = left === 0;
    shown += left;
  }
  document.getElementById("status").textContent = `${shown} calls`;
}

function follow() {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named) { named.open = true; named.scrollIntoView(); }
}

async function start() {
  const response = await fetch("/v1/openapi.json");
  api = await response.json();
  draw();
  find();
  follow();
  document.getElementById("filter").addEventListener("input", find);
  window.addEventListener("hashchange", follow);
}

start().catch((error) => { document.getElementById("status").textContent = `The document did not load: ${error.message}`; });

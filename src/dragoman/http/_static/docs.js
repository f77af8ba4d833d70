// Lists what the description of the API holds. Text is only ever set as text.
"use strict";
function make(name, words, parent) {
  const element = document.createElement(name);
  if (words) element.textContent = words;
  if (parent) parent.append(element);
  return element;
}
function showParameters(parameters, parent) {
  const table = make("table", "", parent);
  const head = make("tr", "", make("thead", "", table));
  for (const word of ["parameter", "where", "means"]) make("th", word, head);
  const body = make("tbody", "", table);
  for (const each of parameters) {
    const row = make("tr", "", body);
    make("code", each.name, make("td", "", row));
    make("td", each.in + (each.required ? ", needed" : ""), row);
    make("td", each.description || "", row);
  }
}
function showOperation(path, method, operation, parent) {
  const section = make("section", "", parent);
  make("code", method.toUpperCase() + " " + path, make("h2", "", section));
  make("p", operation.description || operation.summary || "", section);
  if (operation.parameters && operation.parameters.length) {
    const details = make("details", "", section);
    make("summary", operation.parameters.length + " parameters", details);
    showParameters(operation.parameters, details);
  }
  const answers = Object.keys(operation.responses).join(", ");
  make("p", "Answers: " + answers, section).className = "facts";
}
async function show() {
  const place = document.getElementById("paths");
  const response = await fetch("/v1/openapi.json");
  if (!response.ok) { place.textContent = "The description can't be read: " + response.status; return; }
  const description = await response.json();
  place.textContent = "";
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) showOperation(path, method, operation, place);
  }
}
show();

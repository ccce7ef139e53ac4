"use strict";
const all = (query) => [...document.querySelectorAll(query)];
const boxes = all(".filter input[type=checkbox]");
const search = document.querySelector(".filter input[type=search]");
const promise = document.querySelector(".filter select");
const count = document.querySelector(".count");
const scale = ["none", "additive", "warning", "breaking"];
const cards = all("article").map((card) => ({ card, text: card.textContent.toLowerCase() }));

const weigh = ({ dataset }) => {
  const verdicts = [dataset.wire, dataset.source, dataset.runtime];
  return promise.value === "all" ? scale.findLast((weight) => verdicts.includes(weight)) : dataset[promise.value];
};

const show = () => {
  const weights = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = Object.fromEntries(scale.map((weight) => [weight, 0]));
  let shown = 0;
  for (const { card, text } of cards) {
    const weight = weigh(card);
    card.dataset.weight = weight;
    counts[weight] += 1;
    card.hidden = !weights.has(weight) || !words.every((word) => text.includes(word));
    shown += card.hidden ? 0 : 1;
  }
  for (const box of boxes) box.nextElementSibling.textContent = counts[box.value];
  count.textContent = `${shown} of ${cards.length} shown`;
};

// The next or previous change that is shown, from the one that has the focus or is on top of the window.
const step = (by) => {
  const visible = cards.map(({ card }) => card).filter((card) => !card.hidden);
  const current = visible.indexOf(document.activeElement.closest("article"));
  const next = visible[current < 0 ? (by > 0 ? 0 : visible.length - 1) : current + by];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }
};

const keys = { j: () => step(1), k: () => step(-1), "/": () => search.focus() };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === search && event.key === "Escape") {
    search.value = "";
    show();
    search.blur();
  } else if (!event.target.matches("input, select") && keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
// A link to a change shows it, whatever is filtered out.
addEventListener("hashchange", () => {
  const card = document.getElementById(location.hash.slice(1));
  if (card?.hidden) {
    search.value = "";
    for (const box of boxes) box.checked = true;
    show();
    card.scrollIntoView();
  }
});
for (const box of boxes) box.addEventListener("change", show);
search.addEventListener("input", show);
promise.addEventListener("change", show);
document.querySelector(".filter").hidden = false;
document.querySelector(".help").hidden = false;
show();

"use strict";
const boxes = [...document.querySelectorAll(".filter input[type=checkbox]")];
const search = document.querySelector(".filter input[type=search]");
const cards = [...document.querySelectorAll("article")].map((card) => ({ card, text: card.textContent.toLowerCase() }));
const show = () => {
  const weights = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { card, text } of cards) {
    card.hidden = !weights.has(card.dataset.weight) || !words.every((word) => text.includes(word));
  }
};
boxes.forEach((box) => box.addEventListener("change", show));
search.addEventListener("input", show);

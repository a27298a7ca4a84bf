/* Runs on both sides of the card: the back holds the whole front, after its own #qz-back.

   Anki on a desktop keeps one page for all cards, so nothing may leak out of this function. Where no store lasts from
   one side to the next, the order hangs on the card and the day, and so still agrees between the sides. */
(function () {
  "use strict";
  const KEY = "quizgen";
/* include words.js */

/* include store.js */

  const list = root.querySelector(".qz-options");
  const options = Array.from(list.children);

  /* Days turn at four in the morning, as Anki's do: nobody is between front and back of a card then. */
  function seedOfDay() {
    const day = Math.floor((Date.now() / 60000 - new Date().getTimezoneOffset() - 240) / 1440);
    let hash = 2166136261;
    for (const char of card + day) hash = Math.imul(hash ^ char.codePointAt(0), 16777619);
    return hash >>> 0;
  }

  /* Only a store that still holds an earlier showing has proved that it lasts from one side to the next. */
  function thisShowing() {
    const last = recall();
    if (back) return last && last.card === card ? last : { card: card, seed: seedOfDay(), chosen: "" };
    const seed = last ? Math.floor(Math.random() * 4294967296) : seedOfDay();
    const showing = { card: card, seed: seed, chosen: "" };
    remember(showing);
    return showing;
  }

  /* mulberry32 */
  function dice(seed) {
    return function () {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  /* Fisher-Yates: every order is as likely as any other. */
  function shuffle(items, next) {
    for (let i = items.length - 1; i > 0; i -= 1) {
      const j = Math.floor(next() * (i + 1));
      [items[i], items[j]] = [items[j], items[i]];
    }
  }

  function flip() {
    const handlers = window.webkit && window.webkit.messageHandlers;
    if (typeof window.pycmd === "function") window.pycmd("ans");
    else if (typeof window.showAnswer === "function") window.showAnswer();
    else if (typeof study !== "undefined" && study.drawAnswer) study.drawAnswer();
    else if (typeof window.sendMessage2 === "function") window.sendMessage2("ankitap", "midCenter");
    else if (handlers && handlers.cb) handlers.cb.postMessage(JSON.stringify({ scheme: "ankitap", msg: "midCenter" }));
  }

  function choose(option) {
    options.forEach((each) => each.setAttribute("aria-checked", String(each === option)));
    showing.chosen = option.dataset.n;
    remember(showing);
    flip();
  }

  function focus(option) {
    options.forEach((each) => each.setAttribute("tabindex", each === option ? "0" : "-1"));
    option.focus();
  }

  function onListKey(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const here = options.indexOf(event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || here < 0) return;
    if (step) focus(options[(here + step + options.length) % options.length]);
    else if (event.key === "Enter" || event.key === " ") choose(options[here]);
    else return;
    event.preventDefault();
  }

  /* The page outlives the card on a desktop: the listener leaves with it. */
  function onPageKey(event) {
    if (!root.isConnected) return document.removeEventListener("keydown", onPageKey);
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const option = event.altKey && digit && options[digit[1] - 1];
    if (!option) return;
    event.preventDefault();
    choose(option);
  }

  /* Numbers on a map are called by their numbers, all else by letter and text. */
  const numbered = options.length > 0 && options.every((option, place) => textOf(option).textContent.trim() === String(place + 1));

  function textOf(option) {
    return option.querySelector(".qz-text");
  }

  /* The option's own nodes are copied, so that no text of a deck is ever read as markup. */
  function quoted(option) {
    const copy = document.createElement("bdi");
    textOf(option).childNodes.forEach((node) => copy.appendChild(node.cloneNode(true)));
    const span = document.createElement("span");
    span.lang = list.lang;
    const letter = String.fromCharCode(65 + options.indexOf(option));
    span.append(...(numbered ? [copy] : [letter + " (", copy, ")"]));
    return span;
  }

  function mark(option, name, text) {
    const label = said("span", text);
    label.className = "qz-mark";
    label.dir = direction;
    option.classList.add(name);
    option.append(label);
  }

  function verdict(right, chosen) {
    const nodes = { right: quoted(right), chosen: chosen && quoted(chosen) };
    if (!chosen) return filled(word("open"), nodes);
    if (chosen === right) return [said("b", "right"), " ", ...filled(word("chose_right"), nodes)];
    return [said("b", "wrong"), " ", ...filled(word("chose_wrong"), nodes)];
  }

  function showBack() {
    const right = options.find((option) => option.dataset.n === back.dataset.answer);
    const chosen = options.find((option) => option.dataset.n === showing.chosen);
    if (!right) return;
    root.classList.add("qz-judged", chosen ? (chosen === right ? "qz-is-right" : "qz-is-wrong") : "qz-is-open");
    root.dataset.chosen = showing.chosen;
    if (chosen && chosen !== right) mark(chosen, "qz-wrong", "mark_wrong");
    mark(right, "qz-right", chosen === right ? "mark_right" : "mark_answer");
    options.forEach((option) => option.setAttribute("aria-checked", String(option === chosen)));
    announce("open", ...verdict(right, chosen));
  }

  function showFront() {
    const hint = said("p", "hint", word("hint").replace("{count}", options.length));
    hint.className = "qz-hint";
    list.after(hint);
    options.forEach((option, place) => {
      option.setAttribute("aria-checked", "false");
      option.setAttribute("tabindex", place ? "-1" : "0");
      // AnkiMobile turns the card at every tap that is not on such an element. On the back it may.
      [option, textOf(option)].forEach((part) => part.classList.add("tappable"));
      option.addEventListener("click", () => choose(option));
    });
    list.addEventListener("keydown", onListKey);
    document.addEventListener("keydown", onPageKey);
  }

  if (!options.length) return; // a question that is asked no longer
  const showing = thisShowing();
  if (numbered) root.classList.add("qz-numbered");
  if (!root.dataset.ordered) shuffle(options, dice(showing.seed));
  list.append(...options);
  list.setAttribute("role", "radiogroup");
  list.setAttribute("aria-labelledby", "qz-stem");
  options.forEach((option) => option.setAttribute("role", "radio"));
  if (back) {
    list.setAttribute("aria-disabled", "true");
    showBack();
  } else showFront();
})();

/* Runs on both sides of the card: the back holds the whole front, after its own #qz-back.

   Anki on a desktop keeps one page for all cards, so nothing may leak out of this function. AnkiDroid makes a new
   page for each side, so what the front did waits in sessionStorage for the back. Where that is denied or forgets,
   the order hangs on the card and the day, and so still agrees between the sides. */
(function () {
  "use strict";
  const KEY = "quizgen";
  const ENGLISH = {
    right: "Right:", wrong: "Wrong:", open: "The answer is {right}.", chose_right: "the answer is {right}.",
    chose_wrong: "you chose {chosen}, the answer is {right}.", mark_right: "✓ Your choice: right",
    mark_wrong: "✗ Your choice: wrong", mark_answer: "✓ Right answer",
    hint: "Click an option, or press Alt+1 to Alt+{count}.", direction: "ltr",
  };
  const WORDS = /* words */ {};
  const root = document.getElementById("qz");
  const back = document.getElementById("qz-back");
  const list = root.querySelector(".qz-options");
  const options = Array.from(list.children);
  const card = root.dataset.card;
  const language = list.lang in WORDS ? list.lang : "en";
  const words = WORDS[language] || ENGLISH;

  function store() {
    try {
      window.sessionStorage.setItem(KEY + ":try", "1");
      return window.sessionStorage;
    } catch (denied) {
      const kept = (window.quizgenShowing = window.quizgenShowing || new Map());
      return { getItem: (key) => kept.get(key) || null, setItem: (key, value) => kept.set(key, value) };
    }
  }

  function recall() {
    try {
      return JSON.parse(store().getItem(KEY));
    } catch (broken) {
      return null;
    }
  }

  function remember(showing) {
    store().setItem(KEY, JSON.stringify(showing));
  }

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

  function letter(option) {
    return String.fromCharCode(65 + options.indexOf(option));
  }

  /* The option's own nodes are copied, so that no text of a deck is ever read as markup. */
  function quoted(option) {
    const copy = document.createElement("bdi");
    option.querySelector(".qz-text").childNodes.forEach((node) => copy.appendChild(node.cloneNode(true)));
    const span = document.createElement("span");
    span.append(letter(option) + " (", copy, ")");
    return span;
  }

  function strong(text) {
    const word = document.createElement("b");
    word.textContent = text;
    return word;
  }

  function mark(option, name, text) {
    const label = document.createElement("span");
    label.className = "qz-mark";
    label.lang = language;
    label.dir = words.direction;
    label.textContent = text;
    option.classList.add(name);
    option.append(label);
  }

  /* Puts nodes into the gaps of a sentence. */
  function filled(sentence, nodes) {
    return sentence.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? nodes[part] : part));
  }

  function verdict(right, chosen) {
    const nodes = { right: quoted(right), chosen: chosen && quoted(chosen) };
    if (!chosen) return filled(words.open, nodes);
    if (chosen === right) return [strong(words.right), " ", ...filled(words.chose_right, nodes)];
    return [strong(words.wrong), " ", ...filled(words.chose_wrong, nodes)];
  }

  /* What stands around the question is English in the template, and put into its language here. */
  function translate() {
    document.querySelectorAll(".qz, .qz-after").forEach((part) => (part.dir = words.direction));
    document.querySelectorAll(".qz-after [data-word]").forEach((part) => {
      if (!(part.dataset.word in words)) return;
      part.lang = language;
      part.textContent = words[part.dataset.word].replace("{day}", part.dataset.day);
    });
  }

  /* Where the script runs while the page is read, the back is still to come. */
  function onceRead(action) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action);
    else action();
  }

  function showBack() {
    const right = options.find((option) => option.dataset.n === back.dataset.answer);
    const chosen = options.find((option) => option.dataset.n === showing.chosen);
    if (!right) return;
    root.classList.add("qz-judged", chosen ? (chosen === right ? "qz-is-right" : "qz-is-wrong") : "qz-is-open");
    root.dataset.chosen = showing.chosen;
    if (chosen && chosen !== right) mark(chosen, "qz-wrong", words.mark_wrong);
    mark(right, "qz-right", chosen === right ? words.mark_right : words.mark_answer);
    options.forEach((option) => option.setAttribute("aria-checked", String(option === chosen)));
    /* A screen reader speaks what changes in a status that is already there. */
    setTimeout(() => root.querySelector(".qz-verdict").append(...verdict(right, chosen)), 0);
  }

  function showFront() {
    const hint = document.createElement("p");
    hint.className = "qz-hint";
    hint.textContent = words.hint.replace("{count}", options.length);
    hint.lang = language;
    list.after(hint);
    options.forEach((option, place) => {
      option.setAttribute("aria-checked", "false");
      option.setAttribute("tabindex", place ? "-1" : "0");
      option.addEventListener("click", () => choose(option));
    });
    list.addEventListener("keydown", onListKey);
    document.addEventListener("keydown", onPageKey);
  }

  const showing = thisShowing();
  if (language !== "en") onceRead(translate);
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

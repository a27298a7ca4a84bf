/* Anki compares letter by letter. Beside that, this says in words whether the answer was right, whatever its capitals,
   accents, article or punctuation, and whether it was another name for the same. */
(function () {
  "use strict";
  const KEY = "quizgen:typed";
/* include words.js */

/* include store.js */

  const NEAR = 5; // letters, from which on one slip is a matter of spelling

  /* "The Hague" and "hague", "São Tomé" and "sao tome" are the same. */
  function folded(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const words = plain.replace(/ß/g, "ss").replace(/[\p{P}\p{S}]/gu, " ").trim().split(/\s+/);
    const article = words.length > 1 && word("articles").split(" ").includes(words[0]);
    return words.slice(article ? 1 : 0).join(" ");
  }

  /* One letter too many, too few, wrong, or two that have changed places. */
  function isNear(one, other) {
    const [a, b] = one.length <= other.length ? [one, other] : [other, one];
    if (b.length < NEAR || b.length - a.length > 1 || /\d/.test(b)) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    if (a.length < b.length) return a.slice(start) === b.slice(start + 1);
    if (a.slice(start + 1) === b.slice(start + 1)) return true;
    return a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2);
  }

  function answers() {
    const right = document.getElementById("qz-right").textContent;
    return [right, ...Array.from(document.querySelectorAll(".qz-also li"), (each) => each.textContent)];
  }

  /* AnkiDroid takes the answer outside of the page. It stands in Anki's own marks then: before the arrow are the letters
     that were typed, good and bad, with dashes for those that were missed. */
  function marked() {
    const arrow = document.getElementById("typearrow");
    const isTyped = (part) => !arrow || part.compareDocumentPosition(arrow) & Node.DOCUMENT_POSITION_FOLLOWING;
    const letters = Array.from(document.querySelectorAll("#typeans .typeGood, #typeans .typeBad")).filter(isTyped);
    return letters.map((part) => part.textContent).join("");
  }

  function typed() {
    const kept = recall();
    return ((kept && kept.card === card && kept.typed) || marked()).trim();
  }

  function isolated(text) {
    const part = document.createElement("bdi");
    part.textContent = text;
    return part;
  }

  /* Without marks, what Anki shows is the answer once more. */
  function notTyped() {
    const marks = document.querySelector("#typeans .typeGood, #typeans .typeBad, #typeans .typeMissed");
    if (!marks) root.classList.add("qz-untyped");
  }

  function judge() {
    const given = typed();
    if (!given) return notTyped();
    const right = answers().map(folded);
    const nodes = { typed: isolated(given), right: isolated(answers()[0]) };
    const outcome = right.includes(folded(given)) ? "right" : right.some((each) => isNear(each, folded(given))) ? "near" : "wrong";
    root.classList.add("qz-judged", "qz-is-" + outcome);
    const told = "typed_" + outcome;
    const first = languageOf(told) === languageOf(outcome) ? said("b", outcome) : said("b", outcome, WORDS.en[outcome]);
    announce(told, first, " ", ...filled(word(told), nodes));
  }

  function listen() {
    store().removeItem(KEY);
    const input = document.querySelector("input#typeans");
    if (!input) return;
    input.setAttribute("aria-labelledby", "qz-stem");
    input.lang = spoken;
    input.dir = "auto";
    if (languageOf("placeholder") === spoken) input.placeholder = word("placeholder");
    for (const [name, value] of Object.entries({ autocomplete: "off", autocapitalize: "off", spellcheck: "false" }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => remember({ card: card, typed: input.value }));
  }

  if (back) onceRead(judge);
  else listen();
})();

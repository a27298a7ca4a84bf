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

  /* Where the answer was typed outside of the page, Anki's own marks tell at least whether it was exactly right. */
  function typed() {
    const kept = recall();
    if (kept && kept.card === card) return kept.typed;
    const compared = document.getElementById("typeans");
    const exact = compared && compared.querySelector(".typeGood") && !compared.querySelector(".typeBad, .typeMissed");
    return exact ? answers()[0] : "";
  }

  function isolated(text) {
    const part = document.createElement("bdi");
    part.textContent = text;
    return part;
  }

  function judge() {
    const given = typed();
    if (!folded(given)) return root.classList.add("qz-untyped");
    const right = answers().map(folded);
    const nodes = { typed: isolated(given), right: isolated(answers()[0]) };
    const outcome = right.includes(folded(given)) ? "right" : right.some((each) => isNear(each, folded(given))) ? "near" : "wrong";
    root.classList.add("qz-judged", "qz-is-" + outcome);
    const told = "typed_" + outcome;
    const first = languageOf(told) === languageOf(outcome) ? said("b", outcome) : said("b", outcome, WORDS.en[outcome]);
    announce(told, first, " ", ...filled(word(told), nodes));
  }

  function listen() {
    const input = document.getElementById("typeans");
    remember({ card: card, typed: "" });
    if (!input) return;
    input.setAttribute("aria-labelledby", "qz-stem");
    input.lang = spoken;
    input.dir = "auto";
    input.placeholder = word("placeholder");
    for (const [name, value] of Object.entries({ autocomplete: "off", autocapitalize: "off", spellcheck: "false" }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => remember({ card: card, typed: input.value }));
  }

  if (back) onceRead(judge);
  else listen();
})();

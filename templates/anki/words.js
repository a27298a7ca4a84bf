  /* What stands around the question is English in the template, and put into the question's language here. */
  const WORDS = /* words */ {};
  const spoken = document.getElementById("qz-stem").lang;
  const direction = (WORDS[spoken] || WORDS.en).direction;

  /* A word that a language lacks is said in English. */
  function word(name) {
    return (WORDS[spoken] || {})[name] || WORDS.en[name];
  }

  function languageOf(name) {
    return name in (WORDS[spoken] || {}) ? spoken : "en";
  }

  /* A part of the card that speaks in our own words. */
  function said(tag, name, ...content) {
    const part = document.createElement(tag);
    part.lang = languageOf(name);
    part.append(...(content.length ? content : [word(name)]));
    return part;
  }

  /* Puts nodes into the gaps of a sentence. */
  function filled(sentence, nodes) {
    return sentence.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? nodes[part] : part));
  }

  function translate() {
    document.querySelectorAll(".qz, .qz-after").forEach((part) => (part.dir = direction));
    document.querySelectorAll(".qz [data-word], .qz-after [data-word]").forEach((part) => {
      part.lang = languageOf(part.dataset.word);
      part.textContent = word(part.dataset.word).replace("{day}", part.dataset.day);
    });
  }

  /* Where the script runs while the page is read, the back is still to come. */
  function onceRead(action) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action);
    else action();
  }

  if (spoken in WORDS && spoken !== "en") onceRead(translate);

  /* A screen reader speaks what changes in a status that is already there. The sentence `name` gives the language. */
  function announce(name, ...content) {
    const status = document.getElementById("qz-verdict");
    status.lang = languageOf(name);
    status.dir = WORDS[status.lang].direction;
    setTimeout(() => status.append(...content), 0);
  }

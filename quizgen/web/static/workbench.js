// The workbench: adds a fact from selected words, and keeps what is being typed. All else works without this file.
(() => {
  const pane = document.querySelector(".article");
  const link = document.getElementById("add-selected");
  const chosen = document.querySelector(".s.chosen");
  if (pane && chosen) pane.scrollTop = chosen.offsetTop - pane.offsetTop - pane.clientHeight / 3;

  document.querySelector(".fact.chosen")?.scrollIntoView({ block: "nearest" });

  const sentenceOf = (node) => (node && (node.nodeType === 1 ? node : node.parentElement))?.closest("[data-s]");
  if (link) {
    const base = link.getAttribute("href").split("?")[0];
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      const words = selection.toString().trim();
      const from = sentenceOf(selection.anchorNode) || sentenceOf(selection.focusNode);
      link.hidden = !words || !from || !pane.contains(from);
      if (!link.hidden) link.href = `${base}?sentence=${from.dataset.s}&quote=${encodeURIComponent(words.slice(0, 400))}`;
    });
  }

  // What is typed outlives a reload and a server that does not answer: it is forgotten when the next page is there.
  // Storage may be denied; then it is not kept.
  const attempt = (work) => { try { return work(); } catch { return null; } };
  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
  const form = document.querySelector("form[data-keep]");
  if (!form) {
    for (const key of attempt(() => Object.keys(localStorage)) || []) {
      if (key.startsWith("quizgen-typed/") && read(key)?.sent) attempt(() => localStorage.removeItem(key));
    }
    return;
  }
  const store = `quizgen-typed/${form.dataset.keep}`;
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden]):not([type=file])")];
  const values = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const was = values();
  const kept = read(store);
  if (kept && JSON.stringify(kept.was) === JSON.stringify(was)) {
    for (const field of fields) if (field.name in kept.now) field.value = kept.now[field.name];
  }
  const keep = (sent) => attempt(() => localStorage.setItem(store, JSON.stringify({ was, now: values(), sent })));
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
  form.querySelector("a[accesskey=c]")?.addEventListener("click", () => keep(true));
})();

// Keys for a quiz: a letter or a number chooses, Enter goes on. Everything works without this file.
(() => {
  const STORE = "quizgen-keys";
  const hint = document.querySelector(".keys");
  const toggle = hint.querySelector("button");
  const form = document.querySelector("form");
  const next = document.getElementById("next");
  const radios = [...document.querySelectorAll("input[name=choice]")];

  // Storage may be denied; then the choice lasts for the page.
  const remember = (value) => { try { localStorage.setItem(STORE, value); } catch { /* lasts for the page */ } };
  const remembered = () => { try { return localStorage.getItem(STORE); } catch { return null; } };

  let on = remembered() !== "off";
  const show = () => {
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = on ? "Keys are on" : "Keys are off";
  };
  toggle.addEventListener("click", () => { on = !on; remember(on ? "on" : "off"); show(); });
  hint.hidden = false;
  show();

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    const place = "abcdefghij".indexOf(letter) >= 0 && letter ? "abcdefghij".indexOf(letter) : "123456789".indexOf(letter);
    if (letter && place >= 0 && radios[place]) {
      radios[place].checked = true;
      radios[place].focus();
      event.preventDefault();
    } else if (event.key === "Enter" && !event.target.closest("a, button, input:not([type=radio])")) {
      if (next) { next.click(); event.preventDefault(); }
      else if (form && event.target.type !== "radio") { form.requestSubmit(); event.preventDefault(); }
    }
  });

  // A second click while the answer is on its way sends nothing.
  if (form) form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
  window.addEventListener("pageshow", () => { if (form) form.querySelector("button").disabled = false; });
})();

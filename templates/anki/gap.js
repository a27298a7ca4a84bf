/* The gap is there without a script; this puts our own words into the card's language. */
(function () {
  "use strict";
/* include words.js */

  const blank = document.querySelector(".qz-gap:not(.qz-filled)");
  if (!blank) return;
  blank.lang = languageOf("blank");
  blank.setAttribute("aria-label", word("blank"));
})();

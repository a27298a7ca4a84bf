  /* AnkiDroid makes a new page for each side, so what the front did waits in sessionStorage for the back. */
  const root = document.getElementById("qz");
  const back = document.getElementById("qz-back");
  const card = root.dataset.card;

  function store() {
    try {
      window.sessionStorage.setItem("quizgen:try", "1");
      return window.sessionStorage;
    } catch (denied) {
      const kept = (window.quizgenShowing = window.quizgenShowing || new Map());
      return {
        getItem: (key) => kept.get(key) || null,
        setItem: (key, value) => kept.set(key, value),
        removeItem: (key) => kept.delete(key),
      };
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

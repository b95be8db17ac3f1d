"use strict";
(() => {
  const PAGE = 200;
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const search = document.getElementById("search");
  const only = document.getElementById("only");
  const shown = document.getElementById("shown");
  const pages = document.getElementById("pages");
  let order = rows;
  let limit = PAGE;

  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let met = 0;
    for (const row of order) {
      const fits = (!only.value || row.dataset.v === only.value) && words.every((word) => text(row).includes(word));
      if (fits) met += 1;
      row.hidden = !fits || met > limit;
    }
    shown.textContent = `${Math.min(met, limit)} of ${met} shown`;
    pages.hidden = met <= limit;
  };

  const key = (row, column, number) => {
    const cell = row.cells[column];
    return number ? Number(cell.dataset.k ?? 0) : cell.textContent.toLowerCase();
  };

  const sort = (head, column) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const number = head.dataset.sort === "number";
    const keys = new Map(rows.map((row) => [row, key(row, column, number)]));
    const compare = number ? (a, b) => keys.get(a) - keys.get(b) : (a, b) => keys.get(a).localeCompare(keys.get(b));
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    order = [...rows].sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
    body.append(...order);
    show();
  };

  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, column));
    head.replaceChildren(button);
  });
  search.addEventListener("input", () => { limit = PAGE; show(); });
  only.addEventListener("change", () => { limit = PAGE; show(); });
  document.getElementById("more").addEventListener("click", () => { limit += PAGE; show(); });
  document.getElementById("controls").hidden = false;
  show();
  table.classList.add("ready");

  const AT_ONCE = 300;
  const people = [...document.querySelectorAll(".person")];

  const askable = (quote) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy the question";
    button.addEventListener("click", async () => {
      const words = quote.querySelector("p").textContent;
      try {
        await navigator.clipboard.writeText(words);
      } catch {
        const area = document.createElement("textarea");
        area.value = words;
        quote.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      button.textContent = "Copied";
    });
    quote.append(button);
  };

  // What stands in noscript is the page's own markup, as text.
  const unfold = (person) => {
    const folded = person.firstElementChild;
    if (folded?.localName !== "noscript") return;
    person.innerHTML = folded.textContent;
    person.querySelectorAll(".ask").forEach(askable);
  };

  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        watch.unobserve(entry.target);
        unfold(entry.target);
      }
    }
  }, { rootMargin: "1500px" });
  people.forEach((person) => watch.observe(person));

  // Searching a page finds only what is there; few enough are made right away.
  if (people.length <= AT_ONCE) {
    const next = () => {
      people.splice(0, 20).forEach(unfold);
      if (people.length > 0) setTimeout(next);
    };
    setTimeout(next);
  }

  const go = () => {
    const person = document.getElementById(location.hash.slice(1));
    if (person?.classList.contains("person")) {
      unfold(person);
      person.scrollIntoView();
    }
  };
  addEventListener("hashchange", go);
  go();

  addEventListener("beforeprint", () => {
    document.querySelectorAll(".person").forEach(unfold);
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();

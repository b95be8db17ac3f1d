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

  for (const quote of document.querySelectorAll(".ask")) {
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
  }

  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();

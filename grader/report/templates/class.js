"use strict";
(() => {
  const table = document.getElementById("students");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];

  const key = (row, column, isNumber) => {
    const cell = row.cells[column];
    return isNumber ? Number(cell.dataset.sort) : cell.textContent.trim();
  };
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  const sort = (column) => {
    const heading = headings[column];
    const isNumber = heading.dataset.kind === "number";
    const isUp = heading.getAttribute("aria-sort") !== "ascending";
    for (const each of headings) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const sorted = [...rows].sort((one, two) => {
      const a = key(one, column, isNumber);
      const b = key(two, column, isNumber);
      // What has no number stays below, whichever way the rest is turned.
      if (isNumber && (a < 0) !== (b < 0)) return a < 0 ? 1 : -1;
      const order = isNumber ? a - b : words.compare(a, b);
      return isUp ? order : -order;
    });
    body.append(...sorted);
  };

  headings.forEach((heading, column) => {
    if (heading.dataset.kind === "none") return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(column));
  });

  const input = document.getElementById("search");
  const shown = document.getElementById("shown");
  const texts = rows.map((row) => `${row.textContent} ${row.dataset.search}`.toLowerCase());
  const search = () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = !wanted.every((word) => texts[index].includes(word));
      count += row.hidden ? 0 : 1;
    });
    shown.textContent = wanted.length ? `${count} of ${rows.length}` : "";
  };
  input.addEventListener("input", search);
  document.getElementById("tools").hidden = false;
  search();
})();

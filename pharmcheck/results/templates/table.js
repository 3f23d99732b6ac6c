"use strict";
(() => {
  const table = document.querySelector("table.sites"), body = table.tBodies[0], rows = [...body.rows];
  const words = document.getElementById("words"), verdict = document.getElementById("verdict"), shown = document.getElementById("shown");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  const show = () => {
    const sought = words.value.trim().toLowerCase();
    let number = 0;
    rows.forEach((row, i) => {
      row.hidden = !texts[i].includes(sought) || (verdict.value !== "" && row.cells[1].dataset.verdict !== verdict.value);
      number += row.hidden ? 0 : 1;
    });
    shown.textContent = `${number} of ${rows.length} rows`;
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const compare = new Intl.Collator("en", { numeric: true }).compare;
      const key = (row) => value(row, column);
      const number = rows.every((row) => /^-?\d+$/.test(key(row)));
      const sorted = [...rows].sort((a, b) => (number ? key(a) - key(b) : compare(key(a), key(b))) * (up ? 1 : -1));
      body.append(...sorted);
    });
  });
  words.addEventListener("input", show);
  verdict.addEventListener("change", show);
  document.querySelector(".filter").hidden = false;
  show();
})();

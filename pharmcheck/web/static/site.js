// Shows what a check is doing as it does it. Without this file the page asks again every three seconds.
"use strict";

const main = document.querySelector("main[data-events]");

function showStep({ step, pages }) {
  let past = true;
  for (const item of main.querySelectorAll("[data-step]")) {
    const now = item.dataset.step === step;
    if (now) past = false;
    item.className = now ? "now" : past ? "past" : "";
    if (now) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  if (pages) main.querySelector("[data-count]").textContent = pages;
  if (step !== "waiting") main.querySelector("[data-ahead]")?.remove();
}

function showRow(row) {
  const line = document.getElementById(`row-${row.n}`);
  line.className = row.color;
  line.toggleAttribute("data-open", row.symbol === "…");
  const [result, risk] = line.querySelectorAll("td");
  const symbol = document.createElement("b");
  symbol.className = "symbol";
  symbol.ariaHidden = "true";
  symbol.textContent = row.symbol;
  const text = document.createElement(row.id && row.more ? "a" : "span");
  text.textContent = row.result;
  if (text.tagName === "A") text.href = `/checks/${encodeURIComponent(row.id)}${location.search}`;
  result.replaceChildren(symbol, " ", text);
  risk.textContent = row.more;
  const over = main.querySelectorAll("tbody tr:not([data-open])").length;
  const tally = main.querySelector("[data-tally]");
  tally.textContent = tally.dataset.tally.replace("#", over);
}

if (main) {
  const events = new EventSource(main.dataset.events);
  events.addEventListener("step", (event) => showStep(JSON.parse(event.data)));
  events.addEventListener("row", (event) => showRow(JSON.parse(event.data)));
  events.addEventListener("done", () => {
    events.close();
    if (main.querySelector("table")) main.querySelector("[data-while]")?.remove();
    else location.reload();
  });
  events.addEventListener("error", () => {
    // A proxy that allows no streams: ask again as a page without script does.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  });
}

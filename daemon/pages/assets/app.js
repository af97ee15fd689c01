// What pages do better with a script; each works without one.
"use strict";

(() => {
  const rows = [...document.querySelectorAll(".event")];
  let chosen = -1;

  // j and k walk through the rows, Enter or e opens one, x chooses it, / goes to the words of the filter.
  function choose(index) {
    if (index < 0 || index >= rows.length) return;
    if (chosen >= 0) rows[chosen].classList.remove("chosen");
    chosen = index;
    rows[chosen].classList.add("chosen");
    const link = rows[chosen].querySelector("a");
    if (link) link.focus();
    rows[chosen].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "j") choose(chosen + 1);
    if (event.key === "k") choose(chosen - 1);
    if (event.key === "e" && chosen >= 0) {
      const link = rows[chosen].querySelector(".edit a") || rows[chosen].querySelector("a");
      if (link) link.click();
    }
    if (event.key === "x" && chosen >= 0) {
      const box = rows[chosen].querySelector("input[type=checkbox]");
      if (box) box.click();
    }
    if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      field.focus();
      event.preventDefault();
    }
  });

  // How long ago it was, in the page's language; the time itself stays in the title.
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];
  for (const time of document.querySelectorAll(".event time")) {
    const ago = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if (!(ago >= 0 && ago < 7 * 86400)) continue;
    const [unit, seconds] = steps.find(([, size]) => ago >= size) || ["minute", 60];
    time.title = time.textContent;
    time.textContent += " · " + format.format(-Math.floor(ago / seconds), unit);
  }
})();

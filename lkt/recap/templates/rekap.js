(() => {
"use strict";
const by = id => document.getElementById(id);
const table = by("kecamatan"), count = by("jumlah");
const search = by("cari"), group = by("saring"), column = by("urut"), direction = by("arah");
const rows = Array.from(table.tBodies);
const heads = Array.from(table.querySelectorAll("th[data-urut]"));
const quick = Array.from(document.querySelectorAll("button[data-saring]"));
let order = "";

const plain = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").trim();
const offers = (choice, value) => Array.from(choice.options).some(option => option.value === value);
const head = () => heads.find(cell => cell.dataset.urut === column.value);

/* Every way to sort is a button in its heading, and a line of the list that a phone shows instead. */
for (const cell of heads) {
  const name = cell.textContent, button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => {
    const again = column.value === cell.dataset.urut && direction.value === "naik";
    column.value = cell.dataset.urut;
    direction.value = again ? "turun" : "naik";
    changed();
  });
  cell.replaceChildren(button);
  column.add(new Option(name, cell.dataset.urut));
}

/* What is unknown stands last either way; equal rows keep the order of the page. */
const compared = (one, other, text) => text
  ? one.localeCompare(other, "id", {numeric: true, sensitivity: "base"})
  : Number(one) - Number(other);

function sorted() {
  const name = column.value, text = name && head().dataset.jenis === "teks";
  const sign = direction.value === "turun" ? -1 : 1;
  if (!name) return rows;
  const known = rows.filter(row => row.dataset[name] !== "");
  known.sort((one, other) => sign * compared(one.dataset[name], other.dataset[name], text));
  return known.concat(rows.filter(row => row.dataset[name] === ""));
}

function sort() {
  const wanted = column.value && column.value + " " + direction.value;
  direction.disabled = !column.value;
  for (const cell of heads) cell.removeAttribute("aria-sort");
  if (column.value) head().setAttribute("aria-sort", direction.value === "turun" ? "descending" : "ascending");
  if (wanted === order) return;
  order = wanted;
  for (const row of sorted()) table.insertBefore(row, table.tFoot);
}

function filter() {
  const words = plain(search.value);
  let shown = 0;
  for (const row of rows) {
    const fits = (!group.value || row.dataset.kelompok.split(" ").includes(group.value))
      && plain(row.dataset.kecamatan + " " + row.dataset.kode).includes(words);
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const button of quick) button.setAttribute("aria-pressed", String(button.dataset.saring === group.value));
  return shown;
}

function show() {
  const shown = filter(), all = rows.length;
  sort();
  let text = shown === all ? all + " baris" : "Menampilkan " + shown + " dari " + all + " baris";
  if (!shown && all) text = "Tidak ada yang cocok";
  if (column.value) text += ", diurutkan menurut " + head().textContent.toLowerCase() + " (" + direction.value + ")";
  count.textContent = text + ".";
}

/* The choices stand in the address, so that they can be kept as a bookmark. */
function changed() {
  const kept = new URLSearchParams();
  if (search.value) kept.set("cari", search.value);
  if (group.value) kept.set("saring", group.value);
  if (column.value) { kept.set("urut", column.value); kept.set("arah", direction.value); }
  try { history.replaceState(null, "", "#" + kept); } catch { /* a browser that refuses does without */ }
  show();
}

function restored() {
  const text = location.hash.slice(1);
  if (text && !text.includes("=")) return;
  const kept = new URLSearchParams(text);
  const take = (choice, name, other) => {
    const value = kept.get(name) ?? other;
    choice.value = offers(choice, value) ? value : other;
  };
  search.value = kept.get("cari") ?? "";
  take(group, "saring", "");
  take(column, "urut", "");
  take(direction, "arah", "naik");
  show();
}

search.addEventListener("input", changed);
for (const choice of [group, column, direction]) choice.addEventListener("change", changed);
for (const button of quick) button.addEventListener("click", () => { group.value = button.dataset.saring; changed(); });
by("saringan").addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", restored);
by("saringan").hidden = false;
show();
restored();
})();

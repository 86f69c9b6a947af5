/*
 * Keeps a page up to date, sorts and filters its tables, and asks for changes. The server
 * makes the pages: a fresh one is merged into the document, so that focus, selection and
 * place stay.
 */
"use strict";

const select = document.getElementById("refresh");
const status = document.getElementById("status");
const page = document.getElementById("content");
let timer;

/* Merging. The order of the columns and the outputs are this script's own, all else is the server's. */

function merge(old, fresh) {
	if (old.nodeName === "OUTPUT" && fresh.nodeName === "OUTPUT") {
		return;
	}
	if (old.nodeName !== fresh.nodeName || old.childNodes.length !== fresh.childNodes.length) {
		old.replaceWith(document.importNode(fresh, true));
		return;
	}
	if (old.nodeType === Node.TEXT_NODE) {
		if (old.data !== fresh.data) {
			old.data = fresh.data;
		}
		return;
	}
	for (const { name } of [...old.attributes]) {
		if (!fresh.hasAttribute(name) && name !== "aria-sort") {
			old.removeAttribute(name);
		}
	}
	for (const { name, value } of fresh.attributes) {
		// What needs this script comes hidden; hiding it again would take the focus from it.
		if (name !== "hidden" && old.getAttribute(name) !== value) {
			old.setAttribute(name, value);
		}
	}
	const children = [...fresh.childNodes];
	[...old.childNodes].forEach((child, i) => merge(child, children[i]));
}

/* Tables */

const collator = new Intl.Collator("en", { numeric: true });

const value = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent;

function compare(a, b) {
	const difference = a - b;
	return Number.isNaN(difference) ? collator.compare(a, b) : difference;
}

function sort(table) {
	const head = table.tHead.querySelector("[aria-sort]");
	if (head) {
		const sign = head.ariaSort === "ascending" ? 1 : -1;
		const rows = [...table.tBodies[0].rows];
		rows.sort((a, b) => sign * compare(value(a, head.cellIndex), value(b, head.cellIndex)));
		table.tBodies[0].append(...rows);
	}
}

function filter(search) {
	const words = search.value.toLowerCase().split(/\s+/);
	for (const row of search.nextElementSibling.querySelectorAll("tbody tr")) {
		const text = row.textContent.toLowerCase();
		row.hidden = !words.every((word) => text.includes(word));
	}
}

function arrange() {
	page.querySelectorAll("table").forEach(sort);
	for (const search of page.querySelectorAll("input[type=search]")) {
		search.hidden = false;
		filter(search);
	}
	for (const button of page.querySelectorAll("[data-action]")) {
		button.hidden = false;
	}
}

page.addEventListener("input", (event) => filter(event.target));

page.addEventListener("click", (event) => {
	const head = event.target.closest("thead button")?.parentElement;
	if (head) {
		const descending = head.ariaSort ? head.ariaSort === "ascending" : head.classList.contains("number");
		head.parentElement.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
		head.ariaSort = descending ? "descending" : "ascending";
		sort(head.closest("table"));
	}
});

/* Changes */

async function act(button) {
	const output = button.nextElementSibling;
	if (button.ariaBusy === "true") {
		return;
	}
	button.ariaBusy = "true";
	try {
		const response = await fetch(location.pathname, {
			method: "POST",
			headers: { "Accept": "application/json", "Content-Type": "application/json" },
			body: JSON.stringify({ action: button.dataset.action }),
			signal: AbortSignal.timeout(10_000)
		});
		const answer = await response.json().catch(() => null);
		output.className = response.ok ? "" : "stale";
		output.textContent = response.ok ? "Reset at " + new Date().toLocaleTimeString()
				: answer?.data?.error?.message ?? "Not reset: status " + response.status;
	}
	catch {
		output.className = "stale";
		output.textContent = "Not known to be reset: no answer";
	}
	button.ariaBusy = null;
	refresh();
}

page.addEventListener("click", (event) => {
	const button = event.target.closest("[data-action]");
	if (button) {
		act(button);
	}
});

/* Refreshing */

async function refresh() {
	try {
		const response = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10_000) });
		const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("content");
		merge(page, fresh);
		arrange();
		status.className = "";
		status.textContent = "";
	}
	catch {
		if (!status.className) {
			status.className = "stale";
			status.textContent = "No answer since " + new Date().toLocaleTimeString();
		}
	}
	schedule();
}

function schedule() {
	clearTimeout(timer);
	const seconds = Number(select.value);
	if (seconds > 0 && !document.hidden) {
		timer = setTimeout(refresh, seconds * 1000);
	}
}

select.value = localStorage.getItem("support.refresh") ?? "5";
select.addEventListener("change", () => {
	localStorage.setItem("support.refresh", select.value);
	schedule();
});
select.form.hidden = false;
document.addEventListener("visibilitychange", schedule);
document.getElementById("curl").textContent = "curl " + location.origin + location.pathname;
arrange();
schedule();

/*
 * Keeps a page up to date and asks for changes. The server makes the pages, which can be read without this.
 */

import { merge } from "./merge.js";
import { arrange, listen } from "./tables.js";

const TIMEOUT = 10_000;
const RESTART = "support.restart";

const select = document.getElementById("refresh");
const status = document.getElementById("status");
const restart = document.getElementById("restart");
const banner = document.getElementById("banner");
const page = document.getElementById("content");
let timer;

const now = () => new Date().toLocaleTimeString();

function show() {
	arrange(page);
	for (const button of page.querySelectorAll("[data-action]")) {
		button.hidden = false;
	}
}

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
			signal: AbortSignal.timeout(TIMEOUT)
		});
		const answer = await response.json().catch(() => null);
		output.className = response.ok ? "" : "stale";
		output.textContent = response.ok ? "Done at " + now()
				: answer?.data?.error?.message ?? "Not done: status " + response.status;
	}
	catch {
		output.className = "stale";
		output.textContent = "Not known to be done: no answer";
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

/* Restarts */

function tell(text) {
	restart.textContent = text;
}

/* Another process may be of another version, with other scripts. */
function compare(fresh) {
	const other = fresh.getElementById("banner");
	if (other.dataset.instance === banner.dataset.instance) {
		return;
	}
	const text = "Restarted, as was seen at " + now() + ": what is counted began anew";
	if (fresh.querySelector("script").getAttribute("src") !== document.querySelector("script").getAttribute("src")) {
		sessionStorage.setItem(RESTART, text);
		location.reload();
	}
	merge(banner.querySelector(".instance"), other.querySelector(".instance"));
	banner.dataset.instance = other.dataset.instance;
	tell(text);
}

/* Refreshing */

async function refresh() {
	clearTimeout(timer);
	try {
		const response = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(TIMEOUT) });
		const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
		compare(fresh);
		merge(page, fresh.getElementById("content"));
		show();
		status.className = "";
		status.textContent = "";
	}
	catch {
		if (!status.className) {
			status.className = "stale";
			status.textContent = "No answer since " + now();
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
// Whoever comes back sees what is now.
document.addEventListener("visibilitychange", () => (document.hidden || select.value === "0") ? schedule() : refresh());
document.getElementById("curl").textContent = "curl " + location.origin + location.pathname;
tell(sessionStorage.getItem(RESTART) ?? "");
sessionStorage.removeItem(RESTART);
listen(page);
show();
schedule();

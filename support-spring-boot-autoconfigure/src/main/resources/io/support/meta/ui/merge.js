/*
 * Merges a fresh page into the one that is shown, so that focus, selection and place stay. The order of the rows, what
 * is open and the outputs are the reader's own; all else is the server's.
 */

const KEPT = new Set(["aria-sort", "open"]);

export function merge(old, fresh) {
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
		if (!fresh.hasAttribute(name) && !KEPT.has(name)) {
			old.removeAttribute(name);
		}
	}
	for (const { name, value } of fresh.attributes) {
		// What needs a script comes hidden; hiding it again would take the focus from it.
		if (name !== "hidden" && old.getAttribute(name) !== value) {
			old.setAttribute(name, value);
		}
	}
	const children = [...fresh.childNodes];
	[...old.childNodes].forEach((child, i) => merge(child, children[i]));
}

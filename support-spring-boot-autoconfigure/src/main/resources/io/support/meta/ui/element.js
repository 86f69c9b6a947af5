/*
 * What the elements of a page have in common. Each keeps its inside to itself, so that a page which is brought up to
 * date leaves it alone.
 */

const SCRIPT = new URL(import.meta.url);
const STYLE = new URL("profile.css" + SCRIPT.search, SCRIPT).href;

/* Text is text, whoever made it: elements are never written as text. */

export function make(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		element.setAttribute(key, value);
	}
	element.append(...children);
	return element;
}

export function inside(host, ...children) {
	const root = host.attachShadow({ mode: "open" });
	root.append(make("link", { rel: "stylesheet", href: STYLE }), ...children);
	// What is typed in here is no filter of the page's tables.
	root.addEventListener("input", (event) => event.stopPropagation());
	return root;
}

export async function json(url, options = {}) {
	const headers = { "Accept": "application/json", "Content-Type": "application/json" };
	const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(20_000) });
	const answer = await response.json().catch(() => null);
	if (!response.ok) {
		throw new Error(answer?.data?.error?.message ?? "Status " + response.status);
	}
	return answer;
}

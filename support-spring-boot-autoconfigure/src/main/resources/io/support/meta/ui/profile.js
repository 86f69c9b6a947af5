/*
 * The elements of the profiler's pages.
 */

import { SupportFlame } from "./flame.js";
import { SupportProfiler } from "./recorder.js";

customElements.define("support-profiler", SupportProfiler);
customElements.define("support-flame", SupportFlame);

/* A row of a table is looked for in the graph. */

document.addEventListener("click", (event) => {
	const name = event.target.closest?.(".profile + .cards tbody th");
	const flame = document.querySelector("support-flame");
	if (name && flame && !event.target.closest("a")) {
		flame.search(name.textContent.replace(/:\d+$/, ""));
		flame.scrollIntoView({ block: "nearest" });
	}
});

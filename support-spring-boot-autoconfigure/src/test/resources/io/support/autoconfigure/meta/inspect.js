/*
 * What a page has become in a browser: what is in it that no page may have, what it leads to, what can be read on it,
 * and how far it sticks out of the window.
 */
(words) => {
	const forbidden = new Set(["iframe", "frame", "object", "embed", "base", "applet", "portal", "style", "foreignobject"]);
	const loading = new Set(["script", "img", "image", "source", "video", "audio", "track", "link", "use"]);
	const addresses = new Set(["href", "src", "action", "formaction", "poster", "data", "xlink:href", "background"]);
	const oddities = [];
	for (const element of document.querySelectorAll("*")) {
		const name = element.localName.toLowerCase();
		if ((name.includes("-") && !name.startsWith("support-")) || forbidden.has(name)) {
			oddities.push(element.outerHTML.slice(0, 200));
		}
		for (const attribute of element.attributes) {
			const address = addresses.has(attribute.name.toLowerCase()) ? new URL(attribute.value, document.baseURI) : null;
			if (/^on|^srcdoc$|[^a-z0-9:-]/i.test(attribute.name) || (address && !address.protocol.startsWith("http"))) {
				oddities.push(element.outerHTML.slice(0, 200));
			}
			if (address && loading.has(name) && (address.origin !== location.origin || !/\/support[a-z]*\/assets\/[\w.]+$/.test(address.pathname))) {
				oddities.push(element.outerHTML.slice(0, 200));
			}
		}
	}
	const root = document.documentElement;
	const scrolls = (element) => element !== root && element !== document.body && element
			&& (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
	const wide = root.scrollWidth <= root.clientWidth ? [] : [...document.querySelectorAll("body *")]
		.filter((element) => !scrolls(element) && element.scrollLeft + Math.max(element.scrollWidth, element.offsetWidth)
				+ element.getBoundingClientRect().left > root.clientWidth + 1)
		.map((element) => `${root.scrollWidth} of ${root.clientWidth}: ${element.localName}.${element.className} ${element.textContent.slice(0, 40)}`)
		.slice(-3);
	const text = document.title + document.body.textContent;
	return {
		title: document.title,
		oddities,
		wide,
		json: [...document.querySelectorAll("a[href]")].map((link) => link.href).find((href) => href.includes("format=json")) ?? null,
		anchors: [...document.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href").slice(1))
			.filter((id) => !document.getElementById(id)),
		words: words.filter((word) => text.includes(word)),
		at: document.querySelector("main time")?.dateTime ?? null
	};
}

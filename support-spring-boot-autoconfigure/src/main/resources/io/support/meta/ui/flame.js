/*
 * The flame graph: the whole at the top, whoever was called below. Only what can be seen is drawn.
 */

import { inside, json, make } from "./element.js";
import { Tree } from "./tree.js";

const ROW = 18;
const PAD = 4;
const ELLIPSIS = 11;
const NARROWEST = 0.4;
const KINDS = ["thread", "application", "library", "jdk", "type", "match"];
const KEYS = "Arrow keys move, Enter zooms in, Backspace zooms out, Escape shows all.";

export class SupportFlame extends HTMLElement {

	#search = make("input", { type: "search", placeholder: "Search methods", "aria-label": "Search methods" });
	#found = make("output", { "aria-live": "polite" });
	#all = make("button", { type: "button", disabled: "" }, "Show all");
	#canvas = make("canvas", { tabindex: "0", role: "application", "aria-roledescription": "flame graph" });
	#space = make("div", {}, this.#canvas);
	#window = make("div", { class: "window" }, this.#space);
	#detail = make("p", { class: "detail", role: "status" }, KEYS);
	#tip = make("div", { class: "tip", hidden: "" });
	#swatches = new Map(KINDS.map((kind) => [kind, make("i", { class: kind })]));
	#context = this.#canvas.getContext("2d");
	#tree = null;
	#zoom = -1;
	#focus = -1;
	#hover = null;
	#matches = null;
	#widths = [];
	#drawing = 0;

	connectedCallback() {
		if (this.shadowRoot) {
			return;
		}
		const legend = make("ul", { class: "legend", "aria-label": "Colours" },
				...KINDS.map((kind) => make("li", {}, this.#swatches.get(kind), kind)));
		inside(this, make("div", { class: "flame" },
				make("div", { class: "bar" }, this.#search, this.#found, this.#all, legend), this.#window, this.#detail,
				this.#tip));
		this.#canvas.setAttribute("aria-label", `Flame graph of ${this.getAttribute("name")}. ${KEYS}`);
		this.#listen();
		this.#load();
	}

	async #load() {
		try {
			this.#tree = new Tree(await json(this.getAttribute("src")));
			this.#zoomTo(-1);
		}
		catch (error) {
			this.#detail.textContent = "There is no flame graph: " + error.message;
		}
	}

	#listen() {
		const draw = () => this.#draw();
		new ResizeObserver(draw).observe(this.#window);
		this.#window.addEventListener("scroll", draw, { passive: true });
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
		window.addEventListener("resize", draw);
		this.#search.addEventListener("input", () => this.search(this.#search.value));
		this.#all.addEventListener("click", () => this.#zoomTo(-1));
		this.#canvas.addEventListener("keydown", (event) => this.#key(event));
		this.#canvas.addEventListener("focus", draw);
		this.#canvas.addEventListener("blur", draw);
		this.#canvas.addEventListener("pointermove", (event) => this.#point(event));
		this.#canvas.addEventListener("pointerleave", () => this.#point(null));
		this.#canvas.addEventListener("click", (event) => {
			const node = this.#nodeAt(event);
			if (node !== null) {
				this.#zoomTo(node);
			}
		});
	}

	/* Looking for something */

	search(text) {
		this.#search.value = text;
		const wanted = text.trim().toLowerCase();
		this.#matches = wanted && this.#tree
			? Uint8Array.from(this.#tree.names, (name) => name.toLowerCase().includes(wanted)) : null;
		this.#count();
		this.#draw();
	}

	#count() {
		if (!this.#matches) {
			this.#found.textContent = "";
			return;
		}
		const tree = this.#tree;
		let sum = 0;
		let node = Math.max(0, this.#zoom);
		while (node < tree.end(this.#zoom)) {
			// What is below a match is part of it already.
			const match = this.#matches[tree.frames[node]];
			sum += match ? tree.values[node] : 0;
			node = match ? tree.ends[node] : node + 1;
		}
		this.#found.textContent = `${percent(sum, tree.value(this.#zoom))} of what is shown`;
	}

	/* Moving about */

	#zoomTo(node) {
		this.#zoom = node;
		this.#focus = node;
		this.#all.disabled = node < 0;
		this.#window.scrollTop = 0;
		this.#count();
		this.#tell(node);
		this.#draw();
	}

	#key(event) {
		const tree = this.#tree;
		if (!tree || event.ctrlKey || event.metaKey || event.altKey) {
			return;
		}
		const node = this.#focus;
		const above = tree.row(node) < tree.row(this.#zoom);
		switch (event.key) {
			case "ArrowUp":
				this.#focusOn(tree.parent(node));
				break;
			case "ArrowDown":
				this.#focusOn(above ? this.#zoom : node + 1 < tree.end(node) ? node + 1 : node);
				break;
			case "ArrowLeft":
			case "ArrowRight":
				if (!above && node !== this.#zoom) {
					this.#focusOn(tree.sibling(node, event.key === "ArrowRight" ? 1 : -1));
				}
				break;
			case "Enter":
			case " ":
				this.#zoomTo(node);
				break;
			case "Backspace":
				this.#zoomTo(tree.parent(this.#zoom));
				break;
			case "Escape":
			case "Home":
				this.#zoomTo(-1);
				break;
			default:
				return;
		}
		event.preventDefault();
	}

	#focusOn(node) {
		this.#focus = node;
		const top = this.#tree.row(node) * ROW;
		const height = this.#window.clientHeight;
		if (top < this.#window.scrollTop || top + ROW > this.#window.scrollTop + height) {
			this.#window.scrollTop = top - height / 2;
		}
		this.#tell(node);
		this.#draw();
	}

	#point(event) {
		const node = event && this.#nodeAt(event);
		this.#tip.hidden = node === null;
		if (node !== null) {
			if (node !== this.#hover) {
				this.#tip.textContent = this.#describe(node);
			}
			const frame = this.#window.getBoundingClientRect();
			this.#tip.style.left = this.#window.offsetLeft + Math.max(0,
					Math.min(event.clientX - frame.left + 12, frame.width - this.#tip.offsetWidth)) + "px";
			const above = event.clientY - frame.top > frame.height / 2;
			this.#tip.style.top = this.#window.offsetTop + event.clientY - frame.top
				+ (above ? -12 - this.#tip.offsetHeight : 16) + "px";
		}
		if (node !== this.#hover) {
			this.#hover = node;
			this.#draw();
		}
	}

	#nodeAt(event) {
		if (!this.#tree) {
			return null;
		}
		const box = this.#canvas.getBoundingClientRect();
		const row = Math.floor((event.clientY - box.top + this.#window.scrollTop) / ROW);
		const zoom = this.#zoom;
		const share = (event.clientX - box.left) / box.width;
		return this.#tree.at(zoom, row, this.#tree.start(zoom) + share * this.#tree.value(zoom));
	}

	#describe(node) {
		const tree = this.#tree;
		const value = tree.value(node);
		const self = tree.self(node);
		const own = self > 0 ? `, itself ${said(self, tree.unit)} (${percent(self, tree.total)})` : "";
		return `${tree.name(node)}: ${said(value, tree.unit)}, ${percent(value, tree.total)} of all${own}`;
	}

	#tell(node) {
		this.#detail.textContent = this.#describe(node);
	}

	/* Drawing: only what can be seen. */

	#draw() {
		if (!this.#drawing) {
			this.#drawing = requestAnimationFrame(() => {
				this.#drawing = 0;
				if (this.#tree) {
					this.#paint();
				}
			});
		}
	}

	#paint() {
		const tree = this.#tree;
		const zoom = this.#zoom;
		const width = this.#window.clientWidth;
		const height = this.#window.clientHeight;
		const scale = width / Math.max(1, tree.value(zoom));
		this.#size(width, height, scale);
		const style = getComputedStyle(this.#canvas);
		const context = this.#context;
		context.clearRect(0, 0, width, height);
		context.font = style.font;
		context.textBaseline = "middle";
		const brush = { ink: style.color, fills: new Map() };
		for (const [kind, swatch] of this.#swatches) {
			brush.fills.set(kind, getComputedStyle(swatch).backgroundColor);
		}
		const top = this.#window.scrollTop;
		for (let node = tree.parent(zoom), up = zoom >= 0; up; up = node >= 0, node = tree.parent(node)) {
			this.#box(brush, node, 0, tree.row(node) * ROW - top, width, 0.5);
		}
		let node = zoom;
		while (node < tree.end(zoom)) {
			const y = tree.row(node) * ROW - top;
			const w = tree.value(node) * scale;
			if (w < NARROWEST || y >= height) {
				node = tree.end(node);
				continue;
			}
			if (y + ROW > 0) {
				this.#box(brush, node, (tree.start(node) - tree.start(zoom)) * scale, y, w, 1);
			}
			node++;
		}
	}

	#size(width, height, scale) {
		const tree = this.#tree;
		let rows = tree.row(this.#zoom) + 1;
		for (let node = Math.max(0, this.#zoom); node < tree.end(this.#zoom);) {
			const visible = tree.values[node] * scale >= NARROWEST;
			rows = visible ? Math.max(rows, tree.row(node) + 1) : rows;
			node = visible ? node + 1 : tree.ends[node];
		}
		this.#space.style.height = rows * ROW + "px";
		const ratio = devicePixelRatio;
		if (this.#canvas.width !== Math.round(width * ratio) || this.#canvas.height !== Math.round(height * ratio)) {
			this.#canvas.width = Math.round(width * ratio);
			this.#canvas.height = Math.round(height * ratio);
			this.#canvas.style.width = width + "px";
			this.#canvas.style.height = height + "px";
		}
		this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
	}

	#box(brush, node, x, y, width, alpha) {
		const context = this.#context;
		const frame = node < 0 ? -1 : this.#tree.frames[node];
		const match = this.#matches && frame >= 0 && this.#matches[frame];
		const kind = match ? "match" : this.#tree.kind(node);
		// Neighbours differ a little; what does not match steps back.
		const shade = match ? 1 : (this.#matches ? 0.45 : 1) * (1 - (frame + 1) % 3 * 0.1);
		context.globalAlpha = alpha * shade;
		context.fillStyle = brush.fills.get(kind) ?? brush.fills.get("jdk");
		context.fillRect(x, y, Math.max(0.5, width - 0.5), ROW - 1);
		context.globalAlpha = alpha;
		if (width > 20) {
			context.fillStyle = brush.ink;
			this.#label(frame, x + PAD, y + ROW / 2, width - 2 * PAD);
		}
		const focused = node === this.#focus && this.shadowRoot.activeElement === this.#canvas;
		if ((focused || node === this.#hover) && width > 2) {
			context.strokeStyle = brush.ink;
			context.lineWidth = focused ? 2 : 1;
			context.strokeRect(x + 1, y + 1, width - 2.5, ROW - 3);
		}
	}

	#label(frame, x, y, room) {
		const label = frame < 0 ? "all" : short(this.#tree.names[frame], this.#tree.kinds[frame]);
		const width = this.#widths[frame + 1] ??= this.#context.measureText(label).width;
		if (width <= room) {
			this.#context.fillText(label, x, y);
			return;
		}
		const letters = Math.floor(label.length * (room - ELLIPSIS) / width);
		if (letters > 1) {
			this.#context.fillText(label.slice(0, letters) + "\u2026", x, y);
		}
	}

}

/* A method with its class, a class alone: packages are in what is said of a frame. */

function short(name, kind) {
	if (kind === "thread" || kind === "remark") {
		return name;
	}
	return name.split(".").slice(kind === "type" ? -1 : -2).join(".");
}

/* Numbers as people say them */

function scaled(value, units, step) {
	let i = 0;
	while (value >= step && i < units.length - 1) {
		value /= step;
		i++;
	}
	return (i === 0 ? String(Math.round(value)) : value.toPrecision(3)) + " " + units[i];
}

function said(value, unit) {
	switch (unit) {
		case "nanoseconds":
			return scaled(value, ["ns", "\u00B5s", "ms", "s"], 1000);
		case "bytes":
			return scaled(value, ["B", "KiB", "MiB", "GiB", "TiB"], 1024);
		default:
			return value.toLocaleString("en") + (value === 1 ? " sample" : " samples");
	}
}

const percent = (part, all) => (all > 0 ? 100 * part / all : 0).toFixed(1) + " %";

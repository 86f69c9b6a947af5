/*
 * The form that starts and stops the profiler, and leads to the result.
 */

import { inside, json, make } from "./element.js";

export class SupportProfiler extends HTMLElement {

	static observedAttributes = ["running"];

	#kind = make("select", {}, ...["cpu", "allocation", "locks", "all"].map((kind) => make("option", {}, kind)));
	#seconds = make("input", { type: "number", min: "1", required: "" });
	#start = make("button", { type: "submit" }, "Start");
	#stop = make("button", { type: "button" }, "Stop");
	#output = make("output", { "aria-live": "polite" });
	#started = [];
	#timer;

	connectedCallback() {
		if (!this.shadowRoot) {
			this.#seconds.max = this.getAttribute("max");
			this.#seconds.value = this.getAttribute("seconds");
			const form = make("form", { class: "bar" }, make("label", {}, "Record ", this.#kind),
					make("label", {}, "for ", this.#seconds, " seconds"), this.#start, this.#stop, this.#output);
			form.addEventListener("submit", (event) => {
				event.preventDefault();
				this.#send({ action: "start", kind: this.#kind.value, seconds: this.#seconds.valueAsNumber });
			});
			this.#stop.addEventListener("click", () => this.#send({ action: "stop" }));
			inside(this, form);
		}
		this.#show(this.getAttribute("running") === "true");
	}

	disconnectedCallback() {
		clearTimeout(this.#timer);
	}

	attributeChangedCallback() {
		if (this.shadowRoot) {
			this.#show(this.getAttribute("running") === "true");
		}
	}

	#show(running) {
		this.#start.disabled = running;
		this.#stop.disabled = !running;
		clearTimeout(this.#timer);
		if (running) {
			this.#timer = setTimeout(() => this.#poll(), 500);
		}
	}

	#say(text, bad = false) {
		this.#output.className = bad ? "bad" : "";
		this.#output.textContent = text;
	}

	async #send(body) {
		try {
			const answer = await json(this.getAttribute("src"), { method: "POST", body: JSON.stringify(body) });
			this.#started = answer.data.started ?? this.#started;
			this.#say(body.action === "start" ? "Starting" : "Stopping");
			this.#show(true);
		}
		catch (error) {
			this.#say(error.message, true);
		}
	}

	async #poll() {
		try {
			const { data } = await json(this.getAttribute("src"));
			if (data.running) {
				const seconds = data.running.remainingSeconds;
				this.#say(seconds > 0 ? `Recording ${data.running.kinds}: ${seconds} s left` : "Evaluating");
				this.#show(true);
				return;
			}
			this.#show(false);
			this.#say(data.failure ? data.failure.message : "", true);
			const result = this.#started.find((id) => data.results.some((row) => row.id === id));
			if (result) {
				location.assign(this.getAttribute("src") + "/" + encodeURIComponent(result));
			}
		}
		catch (error) {
			this.#say("No answer: " + error.message, true);
			this.#show(true);
		}
	}

}

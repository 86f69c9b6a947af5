/*
 * Sorts and filters the tables of a page.
 */

const collator = new Intl.Collator("en", { numeric: true });

/* What is not exact has its exact value as its title: that of a number begins with it. */
function value(row, column) {
	const cell = row.cells[column];
	return cell.dataset.v ?? (cell.title ? cell.title.split(" ")[0] : cell.textContent);
}

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

/* Where not all is on the page, the server looks for it. */
function ask(search) {
	const query = new URLSearchParams(location.search);
	query.set(search.dataset.query, search.value);
	location.search = query;
}

/* All tables after the field: a wide one is several. */
function filter(search) {
	const words = search.value.toLowerCase().split(/\s+/);
	for (const row of search.parentElement.querySelectorAll(":scope > :not(.part) tbody tr")) {
		const text = row.textContent.toLowerCase();
		row.hidden = !words.every((word) => text.includes(word));
	}
}

export function arrange(page) {
	page.querySelectorAll("table").forEach(sort);
	for (const search of page.querySelectorAll("input[type=search]")) {
		search.hidden = false;
		filter(search);
	}
}

export function listen(page) {
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
	// A slash leads to the first filter, Escape empties it, Enter asks the server.
	document.addEventListener("keydown", (event) => {
		const typing = event.target.matches("input, select, textarea");
		if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
			const search = page.querySelector("input[type=search]:not([hidden])");
			if (search) {
				event.preventDefault();
				search.focus();
				search.select();
			}
		}
		else if (event.key === "Escape" && event.target.matches("#content input[type=search]")) {
			event.target.value = "";
			filter(event.target);
		}
		else if (event.key === "Enter" && event.target.matches("#content input[data-query]")) {
			ask(event.target);
		}
	});
}

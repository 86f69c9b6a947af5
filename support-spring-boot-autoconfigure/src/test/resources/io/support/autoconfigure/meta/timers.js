/*
 * Keeps what is to happen in a second or later until it is asked for, so that nobody has to wait for it.
 */
(() => {
	const soon = window.setTimeout;
	const forget = window.clearTimeout;
	const later = new Map();
	let number = -1;
	window.setTimeout = (task, millis, ...values) => {
		if (!(millis >= 1000)) {
			return soon(task, millis, ...values);
		}
		later.set(--number, () => task(...values));
		return number;
	};
	window.clearTimeout = (timer) => later.delete(timer) || forget(timer);
	window.passTime = () => {
		const tasks = [...later.values()];
		later.clear();
		tasks.forEach((task) => task());
	};
	window.until = async (condition) => {
		for (let turn = 0; turn < 2000 && !condition(); turn++) {
			await new Promise((resolve) => soon(resolve, 10));
		}
		return condition();
	};
})();

/*
 * The tree of a profile: nodes depth first, each with its frame, its level and its weight. Node -1 is the whole.
 */

export class Tree {

	constructor(data) {
		this.unit = data.unit;
		this.total = data.total;
		this.names = data.names;
		this.kinds = data.kinds;
		this.frames = Int32Array.from(data.frames);
		this.levels = Int32Array.from(data.levels);
		this.values = Float64Array.from(data.values);
		const size = this.frames.length;
		this.starts = new Float64Array(size);
		this.ends = new Int32Array(size).fill(size);
		this.parents = new Int32Array(size).fill(-1);
		const path = [];
		const used = [0];
		for (let i = 0; i < size; i++) {
			const level = this.levels[i];
			for (const closed of path.splice(level)) {
				this.ends[closed] = i;
			}
			this.parents[i] = level > 0 ? path[level - 1] : -1;
			this.starts[i] = used[level];
			used[level] += this.values[i];
			used[level + 1] = this.starts[i];
			path.push(i);
		}
	}

	name = (node) => (node < 0 ? "all" : this.names[this.frames[node]]);

	kind = (node) => (node < 0 ? "remark" : this.kinds[this.frames[node]]);

	value = (node) => (node < 0 ? this.total : this.values[node]);

	start = (node) => (node < 0 ? 0 : this.starts[node]);

	end = (node) => (node < 0 ? this.frames.length : this.ends[node]);

	row = (node) => (node < 0 ? 0 : this.levels[node] + 1);

	parent = (node) => (node < 0 ? -1 : this.parents[node]);

	self(node) {
		let self = this.value(node);
		for (let child = node + 1; child < this.end(node); child = this.ends[child]) {
			self -= this.values[child];
		}
		return self;
	}

	/* The sibling after or before a node, or the node itself if there is none. */
	sibling(node, direction) {
		if (node < 0) {
			return node;
		}
		const end = this.end(this.parents[node]);
		if (direction > 0) {
			return this.ends[node] < end ? this.ends[node] : node;
		}
		let before = this.parents[node] + 1;
		while (before < node && this.ends[before] < node) {
			before = this.ends[before];
		}
		return before;
	}

	at(zoom, row, weight) {
		let node = zoom;
		while (this.row(node) > row && node >= 0) {
			node = this.parent(node);
		}
		while (this.row(node) < row) {
			let child = node + 1;
			const end = this.end(node);
			while (child < end && this.starts[child] + this.values[child] <= weight) {
				child = this.ends[child];
			}
			if (child >= end) {
				return null;
			}
			node = child;
		}
		return node;
	}

}

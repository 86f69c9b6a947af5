/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.support.connection;

import java.time.Clock;

/**
 * What the groups of one manager have in common.
 *
 * @param surroundings what the manager was given
 * @param sockets the connections of all groups
 * @param clock the time of day, which never goes back
 * @param pipeline gives groups addresses while the manager runs
 */
record ManagerResources(ConnectionResources surroundings, OutgoingSockets sockets, Clock clock,
		AddressPipeline pipeline) {

	/**
	 * Makes them of what a manager is given.
	 * @param surroundings what the manager is given
	 * @param sources where addresses come from
	 * @return the resources, with no connection yet
	 */
	static ManagerResources of(ConnectionResources surroundings, AddressSources sources) {
		return new ManagerResources(surroundings,
				new OutgoingSockets(surroundings.maxConnections(), surroundings.meters(), surroundings.machines()),
				new MonotonicClock(surroundings.nanoTime()), new AddressPipeline(sources, surroundings));
	}

}

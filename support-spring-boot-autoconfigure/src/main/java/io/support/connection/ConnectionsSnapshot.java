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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.stats.StateMachineSnapshot;

/**
 * The state of all groups, as the MetaApplication shows it.
 */
record ConnectionsSnapshot(int connections, int maxConnections, Map<String, String> aliases, int dynamicGroups,
		int maxDynamicGroups, List<GroupState> groups) {

	record GroupState(String name, int connections, int maxConnections, List<List<AddressState>> tiers, int leaving,
			StateMachineSnapshot health) {
	}

	record AddressState(String address, int weight, String state, @Nullable Instant downUntil, int active, int idle,
			long attempts, long failures, long markdowns, long tainted, @Nullable String lastFailure,
			@Nullable Instant lastFailureAt) {
	}

}

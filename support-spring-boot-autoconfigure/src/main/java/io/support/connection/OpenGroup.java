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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a group has while it is open.
 *
 * @param members its addresses
 * @param feed what changes them
 * @param resolvers what resolves their hosts; {@code null} for what the client has
 */
record OpenGroup(GroupMembers members, @Nullable AddressFeed feed, @Nullable DnsResolverGroup resolvers) {

	Mono<Void> disposeLater() {
		stop();
		return Mono.when(this.members.all().stream().map((address) -> address.pool().disposeLater()).toList());
	}

	void stop() {
		if (this.feed != null) {
			this.feed.stop();
		}
		if (this.resolvers != null) {
			this.resolvers.close();
		}
	}

}

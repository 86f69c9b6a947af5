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

import java.util.List;

import reactor.core.publisher.Flux;

/**
 * Knows groups by name, and which addresses they have now. A bean of this type gives
 * addresses to groups without addresses of their own in the configuration, and makes a
 * group of every name that it knows beside them.
 * <p>
 * Two methods, because they are asked at different times: whether a name is known decides
 * for every request to an unknown host whether it is one of ours, and has to be answered
 * at once; the addresses are watched from the first request on. Reactive, because a
 * source that is told of changes should not be polled; one that has to ask again and
 * again repeats itself, as in
 * {@code Mono.fromCallable(this::ask).subscribeOn(Schedulers.boundedElastic()).repeatWhen((asked) ->
 * asked.delayElements(Duration.ofSeconds(10)))}.
 * <p>
 * Implementations are thread-safe, and block nobody: both methods are called on event
 * loops.
 */
public interface AddressSource {

	/**
	 * Says whether there is a group of that name. Is asked for every request to a host
	 * that is neither a group nor an alias, so the answer has to be in memory.
	 * @param group the name, in lower case
	 * @return whether {@link #addresses} gives addresses of it
	 */
	boolean knows(String group);

	/**
	 * Watches the addresses of a group. Subscribed to when the group is used for the
	 * first time, and cancelled when it is not used any more.
	 * <p>
	 * Every list that is given replaces the one before it: requests that have begun at an
	 * address that is not in it any more are finished, one that is still in it keeps its
	 * connections and its state, and weights apply from the next request on. An empty
	 * list says that there is no address now. An error says that the source cannot tell:
	 * the addresses are kept, and it is subscribed to again a little later. Where the
	 * {@code Flux} completes, the last list stays.
	 * @param group the name, in lower case
	 * @return the addresses, tier by tier, the preferred ones first, and then every
	 * change. Addresses may have host names: each becomes all that DNS says of it
	 */
	Flux<List<List<Address>>> addresses(String group);

}

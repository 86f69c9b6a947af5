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

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The meters of connections.
 */
enum ConnectionMeters implements DescribedMeter {

	ACTIVE(Description.gauge("support.connections.active", "connections", "Connections that serve a request now",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	IDLE(Description.gauge("support.connections.idle", "connections", "Connections in the pool that serve no request",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	STREAMS(Description.gauge("support.connections.streams", "requests",
			"Requests that share connections of HTTP/2 now", MeterTag.GROUP, MeterTag.ADDRESS)),
	OPEN(Description.gauge("support.connections.open", "connections",
			"Connections of all groups whose socket is open, those that are being opened or closed among them")),

	LIMIT(Description.gauge("support.connections.limit", "connections",
			"Connections that all groups may have together")),

	REFUSED(Description.counter("support.connections.refused", "requests",
			"Requests for a connection that were refused because the group, or the process, had all it may have",
			MeterTag.GROUP, MeterTag.REASON)),

	CULLED(Description.counter("support.connections.culled", "connections",
			"Idle connections that were closed so that others could be opened")),

	RAW_WAITING(Description.gauge("support.connections.raw.waiting", "calls",
			"Calls of sockets on raw connections that wait to receive or to send")),

	RAW_REFUSED(Description.counter("support.connections.raw.refused", "calls",
			"Calls of sockets on raw connections that were refused because too many waited already")),

	TAINTED(Description.counter("support.connections.tainted", "connections",
			"Connections that were closed because they must not be used again", MeterTag.GROUP, MeterTag.ADDRESS,
			MeterTag.REASON)),

	GROUPS(Description.gauge("support.connections.groups", "groups", "Groups that only a source of addresses knows")),

	GROUPS_EVICTED(Description.counter("support.connections.groups.evicted", "groups",
			"Groups that made room for another one, because they had not been used for longest")),

	GROUPS_REFUSED(Description.counter("support.connections.groups.refused", "requests",
			"Requests to a group for which there was no room, because all others were in use")),

	DNS(Description.timer("support.connections.dns",
			"Time to resolve a name, without failures; the address is the name", MeterTag.GROUP, MeterTag.ADDRESS)),

	DNS_FAILURES(Description.counter("support.connections.dns.failures", "resolutions",
			"Times that a name could not be resolved; what was known before is still used", MeterTag.GROUP,
			MeterTag.ADDRESS, MeterTag.REASON)),

	DNS_NAMES(Description.gauge("support.connections.dns.names", "names", "Names that are known or asked for")),

	DNS_REFUSED(Description.counter("support.connections.dns.refused", "names",
			"Names that were not asked for, because there were as many as there may be")),

	CONNECT(Description.timer("support.connections.connect", "Time to open a connection, including the TLS handshake",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	CONNECT_ONWARD(Description.counter("support.connections.connect.onward", "requests",
			"Requests that tried the address too while a connection to another one was still being opened",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	TLS(Description.timer("support.connections.tls", "Time of a TLS handshake, without failures", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	REQUEST(Description.timer("support.connections.request",
			"Time from choosing the address to the headers of its response, without failures", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	MARKDOWNS(Description.counter("support.connections.markdowns", "markdowns",
			"Times that the address was marked down", MeterTag.GROUP, MeterTag.ADDRESS)),

	FAILURES(Description.counter("support.connections.failures", "requests",
			"Requests that failed at the address, those that another address served among them", MeterTag.GROUP,
			MeterTag.ADDRESS, MeterTag.REASON)),

	RETRIES(Description.counter("support.connections.retries", "requests",
			"Requests sent to the address after another one had failed", MeterTag.GROUP, MeterTag.ADDRESS)),

	HEDGES(Description.counter("support.connections.hedges", "requests",
			"Requests sent to the address because another one had not answered yet", MeterTag.GROUP, MeterTag.ADDRESS)),

	OVERTAKEN(Description.timer("support.connections.overtaken",
			"Time until another address had answered, of requests that were cancelled for that", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	OUTLIERS(Description.counter("support.connections.outliers", "ejections",
			"Times that the address was left out because it answered much later than the others", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	BUDGET_LEFT(Description.gauge("support.connections.budget.left", "requests",
			"Requests that the retry budget has left for retries and hedges", MeterTag.GROUP)),

	BUDGET_EXHAUSTED(Description.counter("support.connections.budget.exhausted", "requests",
			"Retries and hedges that were not sent because the retry budget was spent", MeterTag.GROUP));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	ConnectionMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

	/**
	 * Removes the meters of connections that have certain tags, whoever registered them.
	 * @param registry where they are registered
	 * @param tags the tags that they have among theirs
	 */
	static void remove(MeterRegistry registry, Tags tags) {
		List<Tag> wanted = tags.stream().toList();
		for (Meter meter : registry.getMeters()) {
			if (meter.getId().getName().startsWith("support.connections.")
					&& meter.getId().getTags().containsAll(wanted)) {
				registry.remove(meter);
			}
		}
	}

}

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

package io.support.autoconfigure.admission;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

import io.support.admission.AdmissionRules;
import io.support.admission.AdmissionSettings;
import io.support.admission.PathRule;
import io.support.admission.PriorityResolver;
import io.support.overload.AdaptiveLimitSettings;
import io.support.overload.SojournSettings;

/**
 * Properties of admission.
 */
@ConfigurationProperties("support.admission")
public class AdmissionProperties {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final int COLD_REQUESTS = 100;

	/**
	 * Whether requests on open connections are refused that cannot be served in time.
	 */
	private boolean enabled = true;

	/**
	 * Time that a request may have waited for its event loop.
	 */
	private Duration maxDelay = Duration.ofMillis(250);

	/**
	 * Time that a request may have waited while the event loop is overloaded, less what
	 * serving one takes.
	 */
	private Duration overloadedDelay = Duration.ofMillis(50);

	/**
	 * Time within which a loop that is not overloaded comes to some requests; longer
	 * where serving one takes longer.
	 */
	private Duration targetDelay = Duration.ofMillis(50);

	/**
	 * Whether a connection is closed after a refusal, so that its client comes back
	 * through the accept queue, which knows of no priorities.
	 */
	private boolean closeRefused;

	/**
	 * Paths that are always admitted and do not count as in flight, beside health and
	 * management: /a/path, or /a/path/** with all that lies below it.
	 */
	private List<String> exemptPaths = List.of();

	private final Limit limit = new Limit();

	private final Priorities priority = new Priorities();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public Duration getOverloadedDelay() {
		return this.overloadedDelay;
	}

	public void setOverloadedDelay(Duration overloadedDelay) {
		this.overloadedDelay = overloadedDelay;
	}

	public Duration getTargetDelay() {
		return this.targetDelay;
	}

	public void setTargetDelay(Duration targetDelay) {
		this.targetDelay = targetDelay;
	}

	public boolean isCloseRefused() {
		return this.closeRefused;
	}

	public void setCloseRefused(boolean closeRefused) {
		this.closeRefused = closeRefused;
	}

	public List<String> getExemptPaths() {
		return this.exemptPaths;
	}

	public void setExemptPaths(List<String> exemptPaths) {
		this.exemptPaths = exemptPaths;
	}

	public Limit getLimit() {
		return this.limit;
	}

	public Priorities getPriority() {
		return this.priority;
	}

	AdmissionSettings toSettings(List<PathRule> management, List<PriorityResolver> resolvers) {
		requirePositive("max-delay", this.maxDelay);
		requirePositive("target-delay", this.targetDelay);
		requirePositive("overloaded-delay", this.overloadedDelay);
		if (this.overloadedDelay.compareTo(this.maxDelay) > 0) {
			throw new InvalidConfigurationPropertyValueException("support.admission.overloaded-delay",
					this.overloadedDelay, "It must not be above support.admission.max-delay, which is "
							+ this.maxDelay.toMillis() + "ms; lower it, or raise the other.");
		}
		SojournSettings delay = new SojournSettings(this.maxDelay.toNanos(), this.overloadedDelay.toNanos(),
				this.targetDelay.toNanos(), INTERVAL.toNanos(), COLD_REQUESTS);
		List<PathRule> exempt = Stream.concat(management.stream(), paths("exempt-paths", this.exemptPaths).stream())
			.toList();
		return new AdmissionSettings(delay, this.limit.toSettings(this.targetDelay),
				this.priority.toRules(exempt, resolvers), this.closeRefused);
	}

	private static List<PathRule> paths(String property, List<String> paths) {
		return paths.stream().map((path) -> path(property, path)).toList();
	}

	private static PathRule path(String property, String path) {
		try {
			return PathRule.of(path);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("support.admission." + property, path,
					ex.getMessage() + ".");
		}
	}

	private static void requirePositive(String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationPropertyValueException("support.admission." + property, value,
					"It must be positive, for example 10ms.");
		}
	}

	/**
	 * How many requests may be in flight.
	 */
	public static class Limit {

		/**
		 * Whether it is learned how many requests can be served at the same time, and
		 * more are refused.
		 */
		private boolean enabled = true;

		/**
		 * Number of requests that may be in flight as long as nothing has been learned.
		 */
		private int initial = 100;

		/**
		 * Number of requests that may be in flight whatever has been learned.
		 */
		private int max = 10_000;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public int getInitial() {
			return this.initial;
		}

		public void setInitial(int initial) {
			this.initial = initial;
		}

		public int getMax() {
			return this.max;
		}

		public void setMax(int max) {
			this.max = max;
		}

		private @Nullable AdaptiveLimitSettings toSettings(Duration target) {
			if (!this.enabled) {
				return null;
			}
			if (this.initial < 1) {
				throw new InvalidConfigurationPropertyValueException("support.admission.limit.initial", this.initial,
						"It must be at least 1; to do without a limit set support.admission.limit.enabled=false.");
			}
			if (this.max < this.initial) {
				throw new InvalidConfigurationPropertyValueException("support.admission.limit.max", this.max,
						"It must not be below support.admission.limit.initial, which is " + this.initial
								+ "; raise it, or lower the other.");
			}
			return new AdaptiveLimitSettings(this.initial, this.max, target.toNanos(), INTERVAL.toNanos());
		}

	}

	/**
	 * How much requests matter.
	 */
	public static class Priorities {

		/**
		 * Name of a header that says critical, normal or sheddable; to be set only where
		 * clients cannot send it themselves.
		 */
		private @Nullable String header;

		/**
		 * Paths whose requests are served for as long as any are: /a/path, or /a/path/**
		 * with all that lies below it.
		 */
		private List<String> criticalPaths = List.of();

		/**
		 * Paths whose requests are refused first: /a/path, or /a/path/** with all that
		 * lies below it.
		 */
		private List<String> sheddablePaths = List.of();

		public @Nullable String getHeader() {
			return this.header;
		}

		public void setHeader(@Nullable String header) {
			this.header = header;
		}

		public List<String> getCriticalPaths() {
			return this.criticalPaths;
		}

		public void setCriticalPaths(List<String> criticalPaths) {
			this.criticalPaths = criticalPaths;
		}

		public List<String> getSheddablePaths() {
			return this.sheddablePaths;
		}

		public void setSheddablePaths(List<String> sheddablePaths) {
			this.sheddablePaths = sheddablePaths;
		}

		private AdmissionRules toRules(List<PathRule> exempt, List<PriorityResolver> resolvers) {
			return new AdmissionRules(exempt, resolvers, StringUtils.hasText(this.header) ? this.header : null,
					paths("priority.critical-paths", this.criticalPaths),
					paths("priority.sheddable-paths", this.sheddablePaths));
		}

	}

}

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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The addresses that one request may go to, in their order, and why those that it has
 * been to have not served it. The first one is free; every further one is paid for from
 * the budget of the group. Not thread-safe.
 */
final class Route {

	/*
	 * The second time with a new connection.
	 */
	private static final int MAX_AGAIN = 2;

	private final ManagedGroup group;

	private final Map<Address, Throwable> causes = new LinkedHashMap<>();

	/** Those that have had their turn, should they be drawn again. */
	private final List<ManagedAddress> seen = new ArrayList<>();

	private GroupAddresses addresses;

	private Iterator<ManagedAddress> tier = List.<ManagedAddress>of().iterator();

	/** Those whose turn is still to come, before all others. */
	private final Deque<ManagedAddress> putBack = new ArrayDeque<>(1);

	private int againLeft = MAX_AGAIN;

	private int nextTier;

	private int attemptsLeft;

	private int attempts;

	private int untried;

	private boolean budgetSpent;

	Route(ManagedGroup group) {
		this.group = group;
		this.addresses = group.addresses();
	}

	/**
	 * Goes to the first address.
	 * @return the attempt, or {@code null} if every address is marked down
	 */
	@Nullable Attempt first() {
		return advance();
	}

	/**
	 * Goes to the next address after a failure.
	 * @return the attempt, or {@code null} if there is no address left to be tried, or no
	 * budget
	 */
	@Nullable Attempt retry() {
		while (this.attemptsLeft == 0 && this.tier.hasNext()) {
			if (!this.seen.contains(this.tier.next())) {
				this.untried++;
			}
		}
		return further(ManagedAddress::retried);
	}

	/**
	 * Goes to the same address again after its peer has closed a connection that was kept
	 * alive, which says nothing about the address. Costs nothing: the peer has done
	 * nothing for the request, in all likelihood.
	 * @param attempt the attempt that has failed
	 * @return the attempt, or {@code null} if that has been done often enough
	 */
	@Nullable Attempt again(Attempt attempt) {
		if (this.againLeft == 0) {
			return null;
		}
		this.againLeft--;
		Attempt again = attempt.address().begin((this.againLeft > 0) ? Reuse.ALLOWED : Reuse.REFUSED);
		if (again != null) {
			again.address().retried();
		}
		return again;
	}

	/**
	 * Goes to the same address again because there is no other one.
	 * @param attempt the attempt that has failed
	 * @return the attempt, or {@code null} if the address is marked down now, if it
	 * serves nobody else either, if that has been done often enough, or if there is no
	 * budget
	 */
	@Nullable Attempt onceMore(Attempt attempt) {
		if (this.budgetSpent || this.againLeft == 0 || attempt.address().standing().isFailing()) {
			return null;
		}
		this.budgetSpent = !this.group.budget().tryWithdraw();
		if (this.budgetSpent) {
			return null;
		}
		Attempt again = again(attempt);
		if (again == null) {
			this.group.budget().giveBack();
		}
		return again;
	}

	/**
	 * Goes to the next address while the others are silent. How often that happens is for
	 * the delays to say, not for the number of retries.
	 * @return the attempt, or {@code null} if there is no address left, or no budget
	 */
	@Nullable Attempt hedge() {
		return further(ManagedAddress::hedged);
	}

	/**
	 * Goes to the next address while a connection to another one is still being opened.
	 * @return the attempt, or {@code null} if there is no address left, or no budget
	 */
	@Nullable Attempt connectOnward() {
		return further(ManagedAddress::connectedOnward);
	}

	private @Nullable Attempt further(Consumer<ManagedAddress> counted) {
		if (!hasNext()) {
			return null;
		}
		this.budgetSpent = !this.group.budget().tryWithdraw();
		if (this.budgetSpent) {
			return null;
		}
		Attempt attempt = advance();
		if (attempt == null) {
			// What is marked down costs nothing.
			this.group.budget().giveBack();
			return null;
		}
		counted.accept(attempt.address());
		return attempt;
	}

	private @Nullable Attempt advance() {
		while (hasNext()) {
			ManagedAddress address = nextAddress();
			Attempt attempt = this.seen.contains(address) ? null : address.begin(Reuse.ALLOWED);
			if (attempt != null) {
				this.seen.add(address);
				this.attemptsLeft = Math.max(0, this.attemptsLeft - 1);
				this.attempts++;
				return attempt;
			}
			if (!this.seen.contains(address) && !address.isLeaving()) {
				this.seen.add(address);
				this.causes.put(address.address(), address.standing().markedDown());
			}
		}
		return null;
	}

	private ManagedAddress nextAddress() {
		ManagedAddress putBack = this.putBack.poll();
		if (putBack != null) {
			return putBack;
		}
		if (!this.tier.hasNext()) {
			Iterator<ManagedAddress> drawn = this.addresses.draw(this.nextTier++, this.group.random());
			this.tier = this.group.isFull() ? idleFirst(drawn) : drawn;
			this.attemptsLeft = 1 + this.group.settings().maxConnectRetries();
		}
		return this.tier.next();
	}

	/*
	 * Rather than close a connection that another address keeps, in order to open one.
	 */
	private static Iterator<ManagedAddress> idleFirst(Iterator<ManagedAddress> drawn) {
		List<ManagedAddress> order = new ArrayList<>();
		drawn.forEachRemaining(order::add);
		order.sort(Comparator.comparing((address) -> address.standing().isLeftOut() || address.pool().mustConnect()));
		return order.iterator();
	}

	/*
	 * Where the addresses of the group have changed meanwhile, the new ones are left.
	 */
	boolean hasNext() {
		if (this.putBack.isEmpty() && !this.tier.hasNext() && this.nextTier == this.addresses.tiers()) {
			GroupAddresses now = this.group.addresses();
			if (!now.equals(this.addresses)) {
				this.addresses = now;
				this.nextTier = 0;
			}
		}
		return !this.putBack.isEmpty() || this.tier.hasNext() || this.nextTier < this.addresses.tiers();
	}

	/**
	 * Makes the address of an attempt that has sent nothing the next one. What was paid
	 * for it is given back; another attempt has sent something.
	 * @param attempt the attempt
	 */
	void putBack(Attempt attempt) {
		this.putBack.add(attempt.address());
		this.attemptsLeft++;
		this.seen.remove(attempt.address());
		this.group.budget().giveBack();
	}

	void failed(Attempt attempt, Throwable error) {
		this.causes.put(attempt.address().address(), error);
	}

	/**
	 * Says whether there was but one address that the request could go to.
	 * @return whether nothing else has failed, was left out, or could not be paid for
	 */
	boolean hasOneAddress() {
		return this.causes.size() == 1 && this.untried == 0 && !this.budgetSpent;
	}

	/**
	 * Says why the request was not served.
	 * @return the failure of every address
	 */
	Throwable exhausted() {
		String name = this.group.groupName();
		if (this.attempts == 0 && this.causes.isEmpty()) {
			return MultiConnectException.ofNone(name, null);
		}
		return (this.attempts == 0) ? MarkedDownException.ofAll(name)
				: new MultiConnectException(name, this.causes, remark("support.connections.groups." + name));
	}

	private String remark(String prefix) {
		String budget = this.budgetSpent
				? "; not sent once more because the retry budget is spent, see " + prefix + ".retry-budget" : "";
		String retries = (this.untried > 0)
				? "; " + this.untried + " more not tried, see " + prefix + ".max-connect-retries" : "";
		return budget + retries;
	}

}

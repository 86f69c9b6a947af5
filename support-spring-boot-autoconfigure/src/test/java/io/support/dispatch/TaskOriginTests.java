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

package io.support.dispatch;

import java.util.concurrent.Callable;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskOrigin}.
 */
class TaskOriginTests {

	@Test
	void threadThatSaysNothingWorksInTheBackground() {
		assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.BACKGROUND);
		assertThat(Originator.of(Context.empty()).origin()).isEqualTo(TaskOrigin.BACKGROUND);
	}

	@Test
	@SuppressWarnings("try") // the scopes are for what is done in them
	void scopeEndsWithWhatWasBefore() {
		try (TaskOrigin.Scope request = TaskOrigin.REQUEST.open()) {
			try (TaskOrigin.Scope background = TaskOrigin.BACKGROUND.open()) {
				assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.BACKGROUND);
				try (TaskOrigin.Scope same = TaskOrigin.BACKGROUND.open()) {
					assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.BACKGROUND);
				}
				assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.BACKGROUND);
			}
			assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.REQUEST);
			assertThat(Originator.of(Context.empty()).origin()).isEqualTo(TaskOrigin.REQUEST);
		}
		assertThat(Originator.known()).isNull();
		try (TaskOrigin.Scope background = TaskOrigin.BACKGROUND.open()) {
			assertThat(as(TaskOrigin.REQUEST, TaskOrigin::current)).isEqualTo(TaskOrigin.REQUEST);
			assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.BACKGROUND);
		}
		assertThat(Originator.known()).isNull();
	}

	@Test
	void contextOfTheSubscriberComesFirst() {
		Context background = TaskOrigin.BACKGROUND.storeIn(Context.empty());
		assertThat(as(TaskOrigin.REQUEST, () -> Originator.of(background).origin())).isEqualTo(TaskOrigin.BACKGROUND);
		assertThat(Originator.of(TaskOrigin.REQUEST.storeIn(background)).origin()).isEqualTo(TaskOrigin.REQUEST);
	}

	@Test
	@SuppressWarnings("try") // the scope is for what is done in it
	void contextPropagationCarriesIt() {
		ContextSnapshotFactory factory = ContextSnapshotFactory.builder().build();
		ContextSnapshot snapshot = as(TaskOrigin.REQUEST, () -> factory.captureAll());
		Context context = snapshot.updateContext(Context.empty());
		assertThat(Originator.of(context).origin()).isEqualTo(TaskOrigin.REQUEST);
		try (ContextSnapshot.Scope scope = factory.captureFrom(context).setThreadLocals()) {
			assertThat(TaskOrigin.current()).isEqualTo(TaskOrigin.REQUEST);
		}
		assertThat(Originator.known()).isNull();
	}

	/**
	 * Calls something on behalf of an origin.
	 */
	@SuppressWarnings("try") // the scope is for what is done in it
	static <T> T as(TaskOrigin origin, Callable<T> body) {
		try (TaskOrigin.Scope scope = origin.open()) {
			return body.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}

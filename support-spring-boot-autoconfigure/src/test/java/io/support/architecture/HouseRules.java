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

package io.support.architecture;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.NullMarked;

/**
 * The rules, for classes below a given package, so that they can be tried on fixtures.
 */
final class HouseRules {

	/**
	 * Which packages a package may use; not listed, a package may use all.
	 */
	private static final Map<String, List<String>> FLOORS = floors();

	/**
	 * Holders that a static field must not be: their content changes, whoever refers to
	 * them.
	 */
	private static final List<Class<?>> MUTABLE = List.of(AtomicBoolean.class, AtomicInteger.class, AtomicLong.class,
			AtomicReference.class, LongAdder.class, ConcurrentMap.class, Queue.class);

	private static final List<Class<?>> UNBOUNDED_WITHOUT_CAPACITY = List.of(LinkedBlockingQueue.class,
			LinkedBlockingDeque.class);

	private static final List<Class<?>> UNBOUNDED = List.of(LinkedTransferQueue.class, PriorityBlockingQueue.class,
			DelayQueue.class);

	private final String base;

	HouseRules(String base) {
		this.base = base;
	}

	private static Map<String, List<String>> floors() {
		Map<String, List<String>> floors = new LinkedHashMap<>();
		floors.put("concurrent", List.of());
		floors.put("context", List.of());
		floors.put("proc", List.of());
		floors.put("stats", List.of("context"));
		floors.put("system", List.of("proc", "stats", "context"));
		floors.put("process", List.of("proc", "context"));
		floors.put("logs", List.of("stats", "context"));
		floors.put("heap", List.of("proc", "concurrent"));
		floors.put("source", List.of("proc", "concurrent"));
		floors.put("netty", List.of());
		floors.put("event", List.of("context"));
		floors.put("overload", List.of());
		floors.put("socket", List.of());
		floors.put("eventloop", List.of("netty", "stats", "context"));
		floors.put("profile", List.of("context"));
		floors.put("dispatch", List.of("concurrent", "event", "stats", "context", "overload"));
		floors.put("acceptor", List.of("proc", "event", "eventloop", "overload", "stats", "context"));
		floors.put("admission", List.of("netty", "eventloop", "overload", "stats", "context"));
		floors.put("connection", List.of("socket", "event", "stats", "context", "overload"));
		floors.put("worker", List.of("acceptor", "event", "stats", "context"));
		floors.put("meta", List.of("proc", "concurrent", "context", "stats", "profile", "heap", "source"));
		return floors;
	}

	List<ArchRule> floorRules() {
		List<ArchRule> rules = new ArrayList<>();
		FLOORS.forEach((name, allowed) -> {
			List<String> forbidden = new ArrayList<>(FLOORS.keySet());
			forbidden.add("autoconfigure");
			forbidden.remove(name);
			forbidden.removeAll(allowed);
			rules.add(ArchRuleDefinition.noClasses()
				.that()
				.resideInAPackage(in(name))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(forbidden.stream().map(this::in).toArray(String[]::new))
				.allowEmptyShould(true)
				.because(name + " may use " + allowed + " and nothing above it"));
		});
		return rules;
	}

	ArchRule noCycles() {
		return SlicesRuleDefinition.slices().matching(this.base + ".(**)").should().beFreeOfCycles();
	}

	ArchRule onlyAutoconfigureSeesAutoConfiguration() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(in("autoconfigure"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot.autoconfigure..", "org.springframework.boot..autoconfigure..")
			.allowEmptyShould(true);
	}

	ArchRule overloadIsPureJava() {
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(in("overload"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify..", in("overload"))
			.allowEmptyShould(true);
	}

	ArchRule namesSayWhatAClassIs() {
		return ArchRuleDefinition.noClasses()
			.should()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils")
			.orShould()
			.haveSimpleNameEndingWith("Impl")
			.orShould()
			.haveSimpleNameEndingWith("Helper");
	}

	ArchRule queuesAreBounded() {
		return ArchRuleDefinition.noClasses()
			.should()
			.callConstructorWhere(new DescribedPredicate<JavaConstructorCall>("the queue has no bound") {

				@Override
				public boolean test(JavaConstructorCall call) {
					JavaClass owner = call.getTargetOwner();
					return UNBOUNDED.stream().anyMatch(owner::isEquivalentTo) || (UNBOUNDED_WITHOUT_CAPACITY.stream()
						.anyMatch(owner::isEquivalentTo)
							&& !HasName.Utils.namesOf(call.getTarget().getRawParameterTypes()).equals(List.of("int")));
				}

			});
	}

	ArchRule executorsAreBounded() {
		return ArchRuleDefinition.noClasses().should().dependOnClassesThat().areAssignableTo(Executors.class);
	}

	ArchRule noStaticState() {
		return ArchRuleDefinition.fields().that().areStatic().should(new ArchCondition<JavaField>("not change") {

			@Override
			public void check(JavaField field, ConditionEvents events) {
				boolean compiled = field.getModifiers().contains(JavaModifier.SYNTHETIC)
						|| field.getName().contains("$");
				boolean changes = !field.getModifiers().contains(JavaModifier.FINAL)
						|| MUTABLE.stream().anyMatch((type) -> field.getRawType().isAssignableTo(type));
				if (!compiled && changes) {
					events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is static and can change"));
				}
			}

		}).allowEmptyShould(true);
	}

	ArchRule timeIsInjected() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(in("autoconfigure"))
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.allowEmptyShould(true);
	}

	/*
	 * A meter that is built elsewhere has no description, and is missing in the
	 * documentation.
	 */
	ArchRule metersAreDescribed() {
		return ArchRuleDefinition.noClasses()
			.that()
			.doNotHaveSimpleName("DescribedMeter")
			.should()
			.callMethodWhere(new DescribedPredicate<JavaMethodCall>("a meter is built") {

				@Override
				public boolean test(JavaMethodCall call) {
					return call.getName().equals("builder") && call.getTargetOwner().isAssignableTo(Meter.class);
				}

			});
	}

	ArchRule packagesAreNullMarked() {
		return ArchRuleDefinition.classes().should(new ArchCondition<JavaClass>("be in a package with @NullMarked") {

			@Override
			public void check(JavaClass javaClass, ConditionEvents events) {
				boolean marked = javaClass.getPackage()
					.tryGetPackageInfo()
					.map((info) -> info.isAnnotatedWith(marker()))
					.orElse(false);
				if (!marked) {
					events.add(SimpleConditionEvent.violated(javaClass,
							"no @NullMarked in " + javaClass.getPackageName() + ".package-info"));
				}
			}

		});
	}

	Collection<ArchRule> all() {
		List<ArchRule> rules = new ArrayList<>(floorRules());
		rules.addAll(Arrays.asList(noCycles(), onlyAutoconfigureSeesAutoConfiguration(), overloadIsPureJava(),
				namesSayWhatAClassIs(), queuesAreBounded(), executorsAreBounded(), noStaticState(), timeIsInjected(),
				metersAreDescribed(), packagesAreNullMarked()));
		return rules;
	}

	private static Class<? extends Annotation> marker() {
		return NullMarked.class;
	}

	private String in(String name) {
		return this.base + "." + name + "..";
	}

}

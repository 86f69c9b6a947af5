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

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Finds calls of annotated methods that a class makes on {@code this}: they do not pass
 * the proxy of the bean, and are not dispatched. Reads the class file; where there is
 * none, as in a native image, nothing is found.
 */
final class SelfCalls {

	private static final String LAMBDA = "lambda$";

	private final Class<?> type;

	/** By name and descriptor. */
	private final Map<String, DispatchSpec> annotated = new HashMap<>();

	private final List<SelfCall> found = new ArrayList<>();

	private SelfCalls(Class<?> type, List<DispatchSpec> specs) {
		this.type = type;
		specs.forEach((spec) -> this.annotated.put(key(spec.method()), spec));
	}

	/**
	 * Finds the calls in a class.
	 * @param type the class of a bean, not of its proxy
	 * @param specs its annotated methods
	 * @return the calls that will not be dispatched, though they look as if they were;
	 * none from a method that holds the same dispatcher, since they would run in place
	 */
	static List<SelfCall> find(Class<?> type, List<DispatchSpec> specs) {
		SelfCalls calls = new SelfCalls(type, specs);
		for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
			calls.read(part);
		}
		return calls.found.stream().distinct().toList();
	}

	private static String key(Method method) {
		return method.getName() + Type.getMethodDescriptor(method);
	}

	private void read(Class<?> part) {
		String file = ClassUtils.getClassFileName(part);
		try (InputStream bytes = part.getResourceAsStream(file)) {
			if (bytes != null) {
				new ClassReader(bytes).accept(new Methods(), ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
			}
		}
		catch (IOException | RuntimeException ex) {
			// A class file that cannot be read, or is newer than what is known: a warning
			// less, and nothing else.
		}
	}

	private void called(String caller, String callee, String owner) {
		DispatchSpec spec = this.annotated.get(callee);
		if (spec != null && isOwn(owner) && !holds(caller, spec.dispatcher())) {
			this.found.add(new SelfCall(this.type.getSimpleName() + "." + source(caller), spec));
		}
	}

	private boolean isOwn(String owner) {
		for (Class<?> part = this.type; part != null; part = part.getSuperclass()) {
			if (Type.getInternalName(part).equals(owner)) {
				return true;
			}
		}
		return false;
	}

	private boolean holds(String caller, String dispatcher) {
		return this.annotated.values()
			.stream()
			.anyMatch((spec) -> spec.method().getName().equals(source(caller)) && spec.dispatcher().equals(dispatcher));
	}

	/* What javac calls the body of a lambda: "lambda$source$0". */
	private static String source(String caller) {
		if (!caller.startsWith(LAMBDA)) {
			return caller;
		}
		int end = caller.lastIndexOf('$');
		return (end > LAMBDA.length()) ? caller.substring(LAMBDA.length(), end) : caller;
	}

	/**
	 * A call that is not dispatched.
	 *
	 * @param caller the class and the method that calls
	 * @param callee the annotated method that is called
	 */
	record SelfCall(String caller, DispatchSpec callee) {

	}

	private final class Methods extends ClassVisitor {

		private Methods() {
			super(SpringAsmInfo.ASM_VERSION);
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			return ((access & Opcodes.ACC_STATIC) != 0) ? null
					: new ReceiverTracker((owner, callee) -> called(name, callee, owner));
		}

	}

}

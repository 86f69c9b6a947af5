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

package io.support.source;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * What a class file says of its class, read from the file itself: asking the class would
 * load it, and those that it mentions.
 */
final class ClassFile {

	static final int MAX_MEMBERS = 500;

	private final Members members = new Members();

	private ClassFile(byte[] content) {
		new ClassReader(content).accept(this.members, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
	}

	/**
	 * Reads a class file.
	 * @param content the file
	 * @return what it says
	 * @throws IllegalArgumentException if it is of a version that is not known yet
	 */
	static ClassFile read(byte[] content) {
		return new ClassFile(content);
	}

	@Nullable String sourceFile() {
		return this.members.sourceFile;
	}

	List<String> signature() {
		List<String> signature = new ArrayList<>();
		signature.add(this.members.header);
		signature.addAll(this.members.lines);
		return signature;
	}

	private static final class Members extends ClassVisitor {

		private final List<String> lines = new ArrayList<>();

		private String header = "";

		private String simpleName = "";

		private @Nullable String sourceFile;

		Members() {
			super(SpringAsmInfo.ASM_VERSION);
		}

		@Override
		public void visit(int version, int access, String name, @Nullable String signature, @Nullable String superName,
				String @Nullable [] interfaces) {
			String dotted = name.replace('/', '.');
			this.simpleName = dotted.substring(Math.max(dotted.lastIndexOf('.'), dotted.lastIndexOf('$')) + 1);
			String kind = ((access & Opcodes.ACC_ANNOTATION) != 0) ? "@interface"
					: ((access & Opcodes.ACC_INTERFACE) != 0) ? "interface" : ((access & Opcodes.ACC_ENUM) != 0)
							? "enum" : ((access & Opcodes.ACC_RECORD) != 0) ? "record" : "class";
			boolean plain = superName == null || superName.equals("java/lang/Object");
			String inherited = plain ? "" : " extends " + String.valueOf(superName).replace('/', '.');
			String implemented = (interfaces == null || interfaces.length == 0) ? "" : " implements "
					+ Arrays.stream(interfaces).map((one) -> one.replace('/', '.')).collect(Collectors.joining(", "));
			int modifiers = access & Modifier.classModifiers()
					& (((access & Opcodes.ACC_INTERFACE) != 0) ? ~Modifier.ABSTRACT : ~0);
			this.header = modifiers(modifiers) + kind + ' ' + dotted + inherited + implemented;
		}

		@Override
		public void visitSource(@Nullable String source, @Nullable String debug) {
			this.sourceFile = source;
		}

		@Override
		public @Nullable FieldVisitor visitField(int access, String name, String descriptor, @Nullable String signature,
				@Nullable Object value) {
			add(access, modifiers(access & Modifier.fieldModifiers()) + Type.getType(descriptor).getClassName() + ' '
					+ name);
			return null;
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			String parameters = Arrays.stream(Type.getArgumentTypes(descriptor))
				.map(Type::getClassName)
				.collect(Collectors.joining(", ", "(", ")"));
			String returned = Type.getReturnType(descriptor).getClassName() + ' ';
			switch (name) {
				case "<init>" ->
					add(access, modifiers(access & Modifier.constructorModifiers()) + this.simpleName + parameters);
				case "<clinit>" -> {
				}
				default -> add(access, modifiers(access & Modifier.methodModifiers()) + returned + name + parameters);
			}
			return null;
		}

		private void add(int access, String line) {
			if ((access & Opcodes.ACC_SYNTHETIC) == 0 && this.lines.size() < MAX_MEMBERS) {
				this.lines.add(line);
			}
		}

		private static String modifiers(int modifiers) {
			String words = Modifier.toString(modifiers);
			return words.isEmpty() ? "" : words + ' ';
		}

	}

}

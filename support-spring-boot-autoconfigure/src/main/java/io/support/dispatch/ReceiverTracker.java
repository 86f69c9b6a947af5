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

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Follows the operand stack of an instance method through its instructions, and tells of
 * calls whose receiver is {@code this}. Knows of each slot of the stack only whether it
 * is {@code this}, which suffices: what consumes one reference and makes another is rare.
 * <p>
 * Where branches meet, slots that both have are taken to be the same, as they are in what
 * compilers make of expressions. Depths are those of the Java Virtual Machine
 * Specification, chapter 6.5.
 */
final class ReceiverTracker extends MethodVisitor {

	private final BiConsumer<String, String> calls;

	private final BitSet isThis = new BitSet();

	private final Set<Label> handlers = new HashSet<>();

	private int depth;

	private boolean inHandler;

	/**
	 * Creates a tracker for one method.
	 * @param calls takes the owner, and the name with the descriptor, of each method that
	 * is called on {@code this}
	 */
	ReceiverTracker(BiConsumer<String, String> calls) {
		super(SpringAsmInfo.ASM_VERSION);
		this.calls = calls;
	}

	private void push(int slots) {
		this.isThis.clear(this.depth, this.depth + slots);
		this.depth += slots;
	}

	private void pop(int slots) {
		this.depth = Math.max(0, this.depth - slots);
		this.isThis.clear(this.depth, this.depth + slots);
	}

	private void change(int slots) {
		if (slots > 0) {
			push(slots);
		}
		else {
			pop(-slots);
		}
	}

	private void forget(int slots) {
		this.isThis.clear(Math.max(0, this.depth - slots), this.depth);
	}

	@Override
	public void visitInsn(int opcode) {
		switch (opcode) {
			case Opcodes.DUP_X1, Opcodes.DUP_X2, Opcodes.DUP2, Opcodes.DUP2_X1, Opcodes.DUP2_X2, Opcodes.SWAP -> {
				change(depthChange(opcode));
				forget(6);
			}
			default -> change(depthChange(opcode));
		}
	}

	private static int depthChange(int opcode) {
		return switch (opcode) {
			case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1, Opcodes.DUP2, Opcodes.DUP2_X1,
					Opcodes.DUP2_X2 ->
				2;
			case Opcodes.ACONST_NULL, Opcodes.ICONST_M1, Opcodes.ICONST_0, Opcodes.ICONST_1, Opcodes.ICONST_2,
					Opcodes.ICONST_3, Opcodes.ICONST_4, Opcodes.ICONST_5, Opcodes.FCONST_0, Opcodes.FCONST_1,
					Opcodes.FCONST_2, Opcodes.DUP, Opcodes.DUP_X1, Opcodes.DUP_X2, Opcodes.I2L, Opcodes.I2D,
					Opcodes.F2L, Opcodes.F2D ->
				1;
			case Opcodes.IALOAD, Opcodes.FALOAD, Opcodes.AALOAD, Opcodes.BALOAD, Opcodes.CALOAD, Opcodes.SALOAD,
					Opcodes.POP, Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL, Opcodes.IDIV, Opcodes.IREM, Opcodes.FADD,
					Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV, Opcodes.FREM, Opcodes.ISHL, Opcodes.ISHR, Opcodes.IUSHR,
					Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR, Opcodes.IAND, Opcodes.IOR, Opcodes.IXOR, Opcodes.L2I,
					Opcodes.L2F, Opcodes.D2I, Opcodes.D2F, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.IRETURN,
					Opcodes.FRETURN, Opcodes.ARETURN, Opcodes.ATHROW, Opcodes.MONITORENTER, Opcodes.MONITOREXIT ->
				-1;
			case Opcodes.POP2, Opcodes.LADD, Opcodes.LSUB, Opcodes.LMUL, Opcodes.LDIV, Opcodes.LREM, Opcodes.DADD,
					Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV, Opcodes.DREM, Opcodes.LAND, Opcodes.LOR, Opcodes.LXOR,
					Opcodes.LRETURN, Opcodes.DRETURN ->
				-2;
			case Opcodes.IASTORE, Opcodes.FASTORE, Opcodes.AASTORE, Opcodes.BASTORE, Opcodes.CASTORE, Opcodes.SASTORE,
					Opcodes.LCMP, Opcodes.DCMPL, Opcodes.DCMPG ->
				-3;
			case Opcodes.LASTORE, Opcodes.DASTORE -> -4;
			default -> 0;
		};
	}

	@Override
	public void visitIntInsn(int opcode, int operand) {
		if (opcode != Opcodes.NEWARRAY) {
			push(1);
		}
	}

	@Override
	public void visitVarInsn(int opcode, int variable) {
		switch (opcode) {
			case Opcodes.ALOAD -> {
				push(1);
				// Nobody assigns to "this".
				this.isThis.set(this.depth - 1, variable == 0);
			}
			case Opcodes.ILOAD, Opcodes.FLOAD -> push(1);
			case Opcodes.LLOAD, Opcodes.DLOAD -> push(2);
			case Opcodes.LSTORE, Opcodes.DSTORE -> pop(2);
			case Opcodes.RET -> {
			}
			default -> pop(1);
		}
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		if (opcode == Opcodes.NEW) {
			push(1);
		}
		else if (opcode == Opcodes.INSTANCEOF) {
			forget(1);
		}
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		int size = Type.getType(descriptor).getSize();
		if (opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) {
			pop(1);
		}
		if (opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC) {
			push(size);
		}
		else {
			pop(size);
		}
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		popArguments(descriptor);
		if (opcode != Opcodes.INVOKESTATIC) {
			// What the superclass does is the object's own affair.
			if (opcode != Opcodes.INVOKESPECIAL && isThisOnTop()) {
				this.calls.accept(owner, name + descriptor);
			}
			pop(1);
		}
		push(Type.getReturnType(descriptor).getSize());
	}

	private boolean isThisOnTop() {
		return this.depth > 0 && this.isThis.get(this.depth - 1);
	}

	private void popArguments(String descriptor) {
		for (Type argument : Type.getArgumentTypes(descriptor)) {
			pop(argument.getSize());
		}
	}

	/* A method reference on "this" has it as its only argument. */
	@Override
	public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap,
			@Nullable Object... arguments) {
		if (Type.getArgumentTypes(descriptor).length == 1 && isThisOnTop()) {
			for (Object argument : arguments) {
				if (argument instanceof Handle handle && handle.getTag() == Opcodes.H_INVOKEVIRTUAL) {
					this.calls.accept(handle.getOwner(), handle.getName() + handle.getDesc());
				}
			}
		}
		popArguments(descriptor);
		push(Type.getReturnType(descriptor).getSize());
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		switch (opcode) {
			case Opcodes.GOTO, Opcodes.JSR -> {
			}
			case Opcodes.IFEQ, Opcodes.IFNE, Opcodes.IFLT, Opcodes.IFGE, Opcodes.IFGT, Opcodes.IFLE, Opcodes.IFNULL,
					Opcodes.IFNONNULL ->
				pop(1);
			default -> pop(2);
		}
	}

	@Override
	public void visitLdcInsn(Object value) {
		push((value instanceof Long || value instanceof Double) ? 2 : 1);
	}

	@Override
	public void visitTableSwitchInsn(int min, int max, Label defaultLabel, Label... labels) {
		pop(1);
	}

	@Override
	public void visitLookupSwitchInsn(Label defaultLabel, int[] keys, Label[] labels) {
		pop(1);
	}

	@Override
	public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
		pop(dimensions);
		push(1);
	}

	@Override
	public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
		this.handlers.add(handler);
	}

	@Override
	public void visitLabel(Label label) {
		this.inHandler = this.handlers.contains(label);
	}

	@Override
	public void visitFrame(int type, int locals, @Nullable Object @Nullable [] local, int stackSize,
			@Nullable Object @Nullable [] stack) {
		int slots = 0;
		for (int i = 0; stack != null && i < stackSize; i++) {
			slots += (Opcodes.LONG.equals(stack[i]) || Opcodes.DOUBLE.equals(stack[i])) ? 2 : 1;
		}
		int same = this.inHandler ? 0 : Math.min(slots, this.depth);
		this.isThis.clear(same, Math.max(same, this.isThis.length()));
		this.depth = slots;
	}

}

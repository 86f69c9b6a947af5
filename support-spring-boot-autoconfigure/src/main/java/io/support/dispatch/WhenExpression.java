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

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * The {@code when} of an annotation: a SpEL expression on the arguments of a call, parsed
 * once and compiled after some use.
 */
final class WhenExpression implements DispatchCondition {

	private final Method method;

	private final SpelExpression expression;

	private final ArgumentContexts arguments;

	private WhenExpression(Method method, SpelExpression expression, ArgumentContexts arguments) {
		this.method = method;
		this.expression = expression;
		this.arguments = arguments;
	}

	/**
	 * Reads an expression.
	 * @param expression the expression
	 * @param method the method whose arguments it sees
	 * @return the condition
	 * @throws DispatchConfigurationException if it cannot be parsed, or refers to an
	 * argument that the method does not have
	 */
	static WhenExpression parse(String expression, Method method) {
		SpelParserConfiguration configuration = new SpelParserConfiguration(SpelCompilerMode.MIXED,
				method.getDeclaringClass().getClassLoader());
		SpelExpression parsed;
		try {
			parsed = new SpelExpressionParser(configuration).parseRaw(expression);
		}
		catch (ParseException ex) {
			throw new DispatchConfigurationException(method,
					"has a 'when' that is not valid SpEL: '" + expression + "', " + ex.getSimpleMessage(),
					"Correct the expression.", ex);
		}
		ArgumentContexts arguments = ArgumentContexts.of(method);
		checkVariables(parsed.getAST(), arguments, expression, method);
		return new WhenExpression(method, parsed, arguments);
	}

	private static void checkVariables(SpelNode node, ArgumentContexts known, String expression, Method method) {
		if (node instanceof VariableReference) {
			String name = node.toStringAST().substring(1);
			if (!known.knows(name)) {
				throw new DispatchConfigurationException(method,
						"has a 'when' that refers to #" + name + ", which is not one of its arguments: '" + expression
								+ "'",
						"Use an argument's name (needs compilation with -parameters), or #a0, #a1 and so on.");
			}
		}
		for (int child = 0; child < node.getChildCount(); child++) {
			checkVariables(node.getChild(child), known, expression, method);
		}
	}

	@Override
	public boolean isDispatched(Method method, @Nullable Object[] arguments) {
		Object result;
		try {
			result = this.expression.getValue(this.arguments.of(arguments));
		}
		catch (EvaluationException ex) {
			throw new IllegalStateException(problem() + " failed: " + ex.getMessage(), ex);
		}
		if (result instanceof Boolean dispatch) {
			return dispatch;
		}
		throw new IllegalStateException(problem() + " must be true or false, was: " + result);
	}

	private String problem() {
		return "The 'when' of " + this.method.toGenericString() + " ('" + this.expression.getExpressionString() + "')";
	}

}

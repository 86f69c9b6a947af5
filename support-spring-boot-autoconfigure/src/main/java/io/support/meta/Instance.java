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

package io.support.meta;

/**
 * Which process answered.
 *
 * @param app the application's name
 * @param pid the process id
 * @param host the name of the host, as the host itself knows it
 * @param startedAt when the JVM was started, ISO 8601 in UTC
 */
public record Instance(String app, long pid, String host, String startedAt) {

}

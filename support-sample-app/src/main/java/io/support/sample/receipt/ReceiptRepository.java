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

package io.support.sample.receipt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import reactor.core.publisher.Mono;

import io.support.dispatch.IoBound;
import io.support.sample.notary.Stamp;

/**
 * Keeps receipts in a relational database, through a driver that blocks. Every method
 * runs on the {@code io} dispatcher when somebody subscribes; the signal comes back on
 * the event loop. A transaction belongs to one thread, so it begins and ends inside a
 * method.
 */
@IoBound(timeout = "${sample.store-timeout}")
@Repository
class ReceiptRepository {

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final TransactionOperations transactions;

	ReceiptRepository(JdbcClient jdbc, JdbcOperations batches, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.transactions = transactions;
	}

	Mono<SignedReceipt> insert(SignedReceipt signed) {
		this.transactions.executeWithoutResult((transaction) -> {
			insertReceipt(signed);
			insertLines(signed.receipt());
		});
		return Mono.just(signed);
	}

	Mono<SignedReceipt> find(UUID id) {
		List<Receipt.Line> lines = this.jdbc
			.sql("select text, quantity, unit_price from receipt_line where receipt_id = :id order by line")
			.param("id", id)
			.query((row, index) -> new Receipt.Line(row.getString("text"), row.getInt("quantity"),
					row.getBigDecimal("unit_price")))
			.list();
		return Mono.justOrEmpty(this.jdbc.sql("select * from receipt where id = :id")
			.param("id", id)
			.query((row, index) -> signedReceipt(row, lines))
			.optional());
	}

	Mono<List<ReceiptSummary>> findByMerchant(String merchant, long before, int limit) {
		return Mono.just(this.jdbc.sql("""
				select number, id, amount, currency, issued_at from receipt
				where merchant = :merchant and number < :before
				order by number desc limit :limit""")
			.param("merchant", merchant)
			.param("before", before)
			.param("limit", limit)
			.query((row, index) -> new ReceiptSummary(row.getLong("number"), row.getObject("id", UUID.class),
					row.getBigDecimal("amount"), row.getString("currency"), instant(row, "issued_at")))
			.list());
	}

	private void insertReceipt(SignedReceipt signed) {
		Receipt receipt = signed.receipt();
		Stamp stamp = signed.stamp();
		this.jdbc.sql("""
				insert into receipt (id, merchant, amount, currency, issued_at, notary, serial, stamped_at, signature)
				values (:id, :merchant, :amount, :currency, :issuedAt, :notary, :serial, :stampedAt, :signature)""")
			.param("id", receipt.id())
			.param("merchant", receipt.merchant())
			.param("amount", receipt.amount())
			.param("currency", receipt.currency())
			.param("issuedAt", receipt.issuedAt().atOffset(ZoneOffset.UTC))
			.param("notary", stamp.notary())
			.param("serial", stamp.serial())
			.param("stampedAt", stamp.at().atOffset(ZoneOffset.UTC))
			.param("signature", signed.signature())
			.update();
	}

	private void insertLines(Receipt receipt) {
		List<Receipt.Line> lines = receipt.lines();
		List<Object[]> rows = new ArrayList<>(lines.size());
		for (Receipt.Line line : lines) {
			rows.add(new Object[] { receipt.id(), rows.size(), line.text(), line.quantity(), line.unitPrice() });
		}
		this.batches.batchUpdate(
				"insert into receipt_line (receipt_id, line, text, quantity, unit_price) values (?, ?, ?, ?, ?)", rows);
	}

	private static SignedReceipt signedReceipt(ResultSet row, List<Receipt.Line> lines) throws SQLException {
		Receipt receipt = new Receipt(row.getObject("id", UUID.class), row.getString("merchant"),
				row.getBigDecimal("amount"), row.getString("currency"), lines, instant(row, "issued_at"));
		Stamp stamp = new Stamp(row.getString("notary"), row.getLong("serial"), instant(row, "stamped_at"));
		return new SignedReceipt(receipt, stamp, row.getString("signature"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}

import type { DataSource } from 'typeorm';

import { StatementBatch, type StatementResult } from './statement-batch.js';
import { statementName } from './tx.js';

interface BatchClient {
  query(batch: StatementBatch): unknown;
}

/**
 * Runs one constant statement as a transaction of its own, planned once a connection. Nobody is announced to row-level
 * security: for what is asked before it is known who asks.
 */
export async function queryPrepared<Row extends object>(
  dataSource: DataSource,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as BatchClient;
    const result = await new Promise<StatementResult>((resolve, reject) => {
      client.query(new StatementBatch([{ name: statementName(text), text, values, resolve, reject }]));
    });
    return result.rows as Row[];
  } finally {
    await runner.release();
  }
}

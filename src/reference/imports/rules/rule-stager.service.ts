import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { RuleSetsService } from '../../clinical/rule-sets/rule-sets.service.js';
import { CopyBuffer } from '../copy-buffer.js';
import { encodeCopyRow, storableText } from '../copy-text.domain.js';
import { ImportRefused } from '../imports.errors.js';
import type { ImportProgress } from '../imports.types.js';
import { RowLedger } from '../row-ledger.js';
import type { OpenedInput } from '../source-input.js';
import { StagingRepository } from '../staging.repository.js';
import { readRuleRows, type RuleRow } from './rule-file.js';
import { RULE_LAYOUTS } from './rule-fields.domain.js';
import type { RuleMapping } from './rule-mapping.domain.js';
import { readRule, type RuleReadingBasis } from './rule-record.domain.js';
import { productAsked, type RuleIngredient } from './rule-subjects.domain.js';
import { RuleSubjectsRepository } from './rule-subjects.repository.js';

/** Bytes of a file of rules, unpacked. 200,000 interactions with their words have some 100 MB. */
const MOST_BYTES = 512 * 1024 ** 2;
const MOST_ROWS = 1_000_000;
/** COPY text sent in one go. */
const PIECE = 1024 * 1024;

/** What was staged of a file. */
export interface StagedRules {
  readonly read: number;
  readonly staged: number;
  readonly rejected: number;
}

/** Reads a file of rules row by row and stages what can be used; rows that cannot are refused with their reasons. */
@Injectable()
export class RuleStager {
  constructor(
    private readonly staging: StagingRepository,
    private readonly subjects: RuleSubjectsRepository,
    private readonly sets: RuleSetsService,
  ) {}

  /** Throws ImportRefused where the file is not usable as a whole, or too large. */
  async stage(
    tx: Tx,
    releaseId: number,
    input: OpenedInput,
    mapping: RuleMapping,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<StagedRules> {
    const [file] = input.files;
    if (file === undefined) throw new ImportRefused('An import of rules takes one file.');
    const rows = new CopyBuffer();
    const rejects = new CopyBuffer();
    const ledger = new RowLedger(
      releaseId,
      input.files.map(({ name }) => name),
      (row) => rejects.push(row),
    );
    const basis = {
      subjects: await this.subjects.findAll(tx),
      routes: await this.subjects.findRoutes(tx),
      severityWords: mapping.severityValues,
    };
    const started = performance.now();
    let [read, staged] = [0, 0];
    const send = async (least: number): Promise<void> => {
      if (rows.length >= least) {
        const taken = rows.take();
        if (taken !== undefined) await this.staging.copyRules(tx, taken);
      }
      if (rejects.length >= least) {
        const refused = rejects.take();
        if (refused !== undefined) await this.staging.copyBatch(tx, { rejects: refused });
      }
    };
    for await (const batch of readRuleRows(file, mapping)) {
      read += batch.length;
      if (read > MOST_ROWS) throw new ImportRefused(`${file.name} has more than ${MOST_ROWS} rows.`);
      if (input.bytesRead > MOST_BYTES)
        throw new ImportRefused(`${file.name} has more than ${MOST_BYTES} bytes.`);
      const products = await this.productsOf(tx, batch, mapping);
      for (const row of batch) {
        const encoded = this.take(row, mapping, { ...basis, products }, ledger, [releaseId, staged + 1]);
        if (encoded === undefined) continue;
        staged += 1;
        rows.push(encoded);
      }
      await send(PIECE);
      onProgress({
        phase: 'reading',
        rows: read,
        bytesRead: input.bytesRead,
        bytesTotal: input.bytesTotal,
        rowsPerSecond: Math.round((read * 1000) / Math.max(performance.now() - started, 1)),
      });
    }
    await send(0);
    const account = ledger.close(file.account());
    await this.staging.finishStaging(tx, releaseId, {
      fileSha256: input.sha256(),
      read,
      rejected: account.rowsRejected,
      files: [account],
    });
    return { read, staged, rejected: account.rowsRejected };
  }

  /** Reads and checks one row; answers it as COPY takes it, or undefined where it was refused. */
  private take(
    row: RuleRow,
    { kind, source }: RuleMapping,
    basis: RuleReadingBasis,
    ledger: RowLedger,
    [releaseId, rowNo]: readonly [number, number],
  ): string | undefined {
    const place = { file: 0, line: row.line, sourceId: '' };
    if ('problem' in row) {
      ledger.refuse(place, [{ column: null, reason: row.problem, value: row.raw }]);
      return undefined;
    }
    const { rule, written, faults } = readRule(kind, row.values, basis);
    const checked = faults.length > 0 ? undefined : this.sets.check(kind, source, rule);
    if (checked === undefined || 'faults' in checked) {
      const told =
        checked === undefined
          ? faults
          : checked.faults.map(({ field, reason }) => ({
              field,
              reason,
              value: row.values.get(field) ?? '',
            }));
      const reasons = told.map(({ field, reason, value }) => ({ column: field, reason, value }));
      ledger.refuse(place, reasons, this.sets.refusedCode(kind, source, rule));
      return undefined;
    }
    const { code, identity, label, columns } = checked.ok;
    ledger.take(place);
    return encodeCopyRow([
      releaseId,
      rowNo,
      place.file,
      place.line,
      ...[code, identity, written, label].map(storableText),
      storableText(JSON.stringify(columns)),
    ]);
  }

  /** The products a batch of rows names, looked up together. */
  private productsOf(
    tx: Tx,
    batch: readonly RuleRow[],
    { kind }: RuleMapping,
  ): Promise<ReadonlyMap<number, RuleIngredient | null>> {
    const asked = new Set<number>();
    for (const row of batch)
      if ('values' in row)
        for (const { name } of RULE_LAYOUTS[kind].subjects) {
          const id = productAsked(row.values.get(name) ?? '', row.values.get(`${name}Kind`) ?? '');
          if (id !== undefined) asked.add(id);
        }
    return this.subjects.findProducts(tx, [...asked]);
  }
}

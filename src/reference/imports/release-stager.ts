import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import type { Tx } from '../../platform/database/tx.js';
import type { ReleaseLists } from './apply.repository.js';
import { barcodeProblem } from './barcode-check.domain.js';
import { encodeCopyRow, storableText } from './copy-text.domain.js';
import { readCsvFile, type SourceRecord } from './csv-source.js';
import type { CompositionCounts, ImportRequest, RejectedRow } from './imports.types.js';
import { buildIngredientIndex } from './ingredient-index.domain.js';
import { IngredientParser, type ParsedPart } from './ingredient-text.domain.js';
import { formWord, routeWord, type ListWord } from './list-words.domain.js';
import { RejectCollector } from './reject-collector.js';
import {
  DuplicateGuard,
  identityOfRecord,
  RowMemo,
  toCatalogueRow,
  type CatalogueRow,
} from './row.domain.js';
import {
  categoryPaths,
  ingredientStatus,
  stageRow,
  type CategoryPath,
  type KnownIngredient,
  type StagingRules,
} from './staged-row.js';
import type { StagingRepository } from './staging.repository.js';

/** Rows sent to the server in one COPY. */
const BATCH = 4000;
/** Line numbers of the second file start here, of the third at twice this: lines stay unique within a release. */
export const LINES_PER_FILE = 100_000_000;

/** A release as staged. */
export interface StagedRelease {
  releaseId: number;
  fileSha256: string;
  read: number;
  staged: number;
  /** Rows refused; a row with several faults counts once. */
  rejected: number;
  rejects: RejectCollector;
  /** Identities of refused rows: their products are listed by the source all the same. */
  refusedIds: string[];
  composition: CompositionCounts;
  lists: ReleaseLists;
}

/** Reads the files of one import and stages their rows. Made anew for each attempt, since it counts as it goes. */
export class ReleaseStager {
  private readonly sha256 = createHash('sha256');
  private readonly memo: RowMemo;
  private readonly guard = new DuplicateGuard();
  private readonly rejects = new RejectCollector();
  private readonly refusedIds = new Set<string>();
  private readonly composition: CompositionCounts = { linked: 0, partial: 0, unlinked: 0, none: 0 };
  private readonly forms = new Map<string, ListWord>();
  private readonly routes = new Map<string, ListWord>();
  private readonly categories = new Map<string, CategoryPath>();
  private parser: IngredientParser<KnownIngredient>;
  private rules: StagingRules;
  private rowText: string[] = [];
  private rejectText: string[] = [];
  /** The COPY on its way while the next batch is being read. */
  private sending: Promise<void> = Promise.resolve();
  private bytesRead = 0;
  private read = 0;
  private staged = 0;

  constructor(
    private readonly repository: StagingRepository,
    private readonly request: ImportRequest,
    private readonly bytesTotal: number,
  ) {
    this.memo = new RowMemo(request.mapping);
  }

  /** Stages every row of every file under a new release; throws ImportRefused where a file is not usable. */
  async stage(tx: Tx): Promise<StagedRelease> {
    const { mapping, files } = this.request;
    const names = files.map((path) => basename(path)).join(', ');
    const releaseId = await this.repository.createRelease(tx, mapping.source, names.slice(0, 1000));
    const unverified = await this.repository.unverifiedNames(tx);
    this.parser = new IngredientParser(buildIngredientIndex(await this.repository.lexicon(tx)));
    this.rules = {
      prescriptionOnly: mapping.prescriptionOnly,
      nameOfNew: (key) => unverified.get(key) ?? key,
    };
    this.tell();
    try {
      for (const [index, path] of files.entries()) await this.readFile(tx, releaseId, path, index);
      await this.flush(tx);
      await this.sending;
    } finally {
      // The connection must be free before the transaction is rolled back; the first error is the one to report.
      await this.sending.catch(() => undefined);
    }
    const staged: StagedRelease = {
      releaseId,
      fileSha256: this.sha256.digest('hex'),
      read: this.read,
      staged: this.staged,
      rejected: this.read - this.staged,
      rejects: this.rejects,
      // An identity that cannot be stored belongs to no product; made storable it matches none.
      refusedIds: [...this.refusedIds].map(storableText),
      composition: this.composition,
      lists: {
        forms: [...this.forms.values()],
        routes: [...this.routes.values()],
        categories: [...this.categories.values()],
      },
    };
    await this.repository.finishStaging(tx, releaseId, staged);
    return staged;
  }

  private async readFile(tx: Tx, releaseId: number, path: string, index: number): Promise<void> {
    const file = basename(path);
    const rows = readCsvFile(path, this.request.mapping, (chunk) => {
      this.bytesRead += chunk.length;
      this.sha256.update(chunk);
    });
    for await (const record of rows) {
      this.read += 1;
      this.take(releaseId, record, file, index);
      if (this.rowText.length + this.rejectText.length >= BATCH) await this.flush(tx);
      if (this.read % 500 === 0) this.tell();
    }
    this.tell();
  }

  private tell(): void {
    const { read: rows, bytesRead, bytesTotal } = this;
    this.request.onProgress?.({ phase: 'reading', rows, bytesRead, bytesTotal });
  }

  private take(releaseId: number, record: SourceRecord, file: string, index: number): void {
    const { line } = record;
    if (!('values' in record)) {
      this.reject(releaseId, { file, line, column: null, reason: record.reason, value: record.raw });
      return;
    }
    const { mapping } = this.request;
    const result = toCatalogueRow(mapping, record.values, line, this.memo);
    if (!('ok' in result)) {
      this.refusedIds.add(identityOfRecord(mapping, record.values));
      for (const reject of result.rejects) this.reject(releaseId, { file, ...reject });
      return;
    }
    const row = result.ok;
    const barcodeFault = row.barcode === undefined ? undefined : barcodeProblem(row.barcode);
    if (barcodeFault !== undefined) {
      this.refusedIds.add(row.sourceId);
      const column = mapping.columns.barcode ?? null;
      this.reject(releaseId, { file, line, column, reason: barcodeFault, value: row.barcode ?? '' });
      return;
    }
    const repeat = this.guard.check(row);
    if (repeat !== undefined) {
      this.reject(releaseId, { file, ...repeat });
      return;
    }
    this.accept(releaseId, row, index);
  }

  private accept(releaseId: number, row: CatalogueRow, index: number): void {
    const parts = row.activeRaw === undefined ? [] : this.parser.parse(row.activeRaw);
    const { values, contentHash } = stageRow(row, parts, this.rules);
    this.rowText.push(encodeCopyRow([releaseId, index * LINES_PER_FILE + row.line, ...values, contentHash]));
    this.staged += 1;
    this.count(parts);
    const { dosageForm } = row.product;
    if (dosageForm !== undefined && !this.forms.has(dosageForm))
      this.forms.set(dosageForm, formWord(dosageForm));
    if (row.route !== undefined && !this.routes.has(row.route))
      this.routes.set(row.route, routeWord(row.route));
    for (const path of row.category === undefined ? [] : categoryPaths(row.category)) {
      // The widest reading of a name wins, so that a parent is always added before its children.
      const known = this.categories.get(path.folded);
      if (known === undefined || path.depth < known.depth) this.categories.set(path.folded, path);
    }
  }

  private count(parts: ReadonlyArray<ParsedPart<KnownIngredient>>): void {
    this.composition[parts.length === 0 ? 'none' : ingredientStatus(parts)] += 1;
  }

  private reject(releaseId: number, reject: RejectedRow): void {
    this.rejects.add(reject);
    this.request.onReject?.(reject);
    const reason = this.request.files.length > 1 ? `${reject.file}: ${reject.reason}` : reject.reason;
    this.rejectText.push(
      encodeCopyRow([
        releaseId,
        reject.line,
        reject.column,
        storableText(reason),
        storableText(reject.value.slice(0, 500)),
      ]),
    );
  }

  /** Hands the batch over; waits for the one before, so that two are in memory at most. */
  private async flush(tx: Tx): Promise<void> {
    await this.sending;
    const [rows, rejects] = [this.rowText.join(''), this.rejectText.join('')];
    this.rowText = [];
    this.rejectText = [];
    this.sending = this.send(tx, rows, rejects);
    this.sending.catch(() => undefined); // met again by whoever waits for it next
  }

  private async send(tx: Tx, rows: string, rejects: string): Promise<void> {
    if (rows !== '') await this.repository.copyRows(tx, rows);
    if (rejects !== '') await this.repository.copyRejects(tx, rejects);
  }
}

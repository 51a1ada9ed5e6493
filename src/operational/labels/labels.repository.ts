import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { LabelSize, LabelTemplate } from './label-template.types.js';

const COLUMNS = 'size, languages, lines, header, footer, version';

const TEMPLATE = `
select /* labels.template */ ${COLUMNS} from operational.label_templates where branch_id = $1`;

/** Makes the branch's template (version 0), or changes the one that still has the version; no row when it does not. */
const SAVE = `
insert /* labels.save */ into operational.label_templates (branch_id, size, languages, lines, header, footer, version)
select $1, $2, $3, $4::text[], $5, $6, 1
where $7 = 0 or exists (select from operational.label_templates t where t.branch_id = $1)
on conflict (branch_id) do update
set size = excluded.size, languages = excluded.languages, lines = excluded.lines, header = excluded.header,
  footer = excluded.footer, version = label_templates.version + 1
where label_templates.version = $7
returning ${COLUMNS}`;

/** One print is the original: label_prints_original_key decides between two at once, the other is a copy. */
const RECORD = `
with /* labels.record */ original as (
  insert into operational.label_prints (branch_id, fill_id, is_copy, size, language, printed_by)
  select $1, $2, false, $3, $4, $5 where not $6
  on conflict (fill_id) where not is_copy do nothing
  returning print_id),
copy as (
  insert into operational.label_prints (branch_id, fill_id, is_copy, size, language, printed_by)
  select $1, $2, true, $3, $4, $5 where not exists (select from original))
select not exists (select from original) as "isCopy"`;

export interface LabelPrint {
  readonly branchId: number;
  readonly fillId: number;
  readonly size: LabelSize;
  readonly language: 'ar' | 'en';
  readonly printedBy: number;
  /** A copy is asked for, whatever was printed before. */
  readonly asCopy: boolean;
}

@Injectable()
export class LabelsRepository {
  template(tx: Tx, branchId: number): Promise<LabelTemplate | undefined> {
    return tx.maybeOne<LabelTemplate>(TEMPLATE, [branchId]);
  }

  /** Undefined when the template has another version by now. */
  save(tx: Tx, branchId: number, template: LabelTemplate): Promise<LabelTemplate | undefined> {
    const { size, languages, lines, header, footer, version } = template;
    return tx.maybeOne<LabelTemplate>(SAVE, [branchId, size, languages, lines, header, footer, version]);
  }

  /** Keeps that a label was printed; answers whether it is a copy. */
  async record(tx: Tx, print: LabelPrint): Promise<boolean> {
    const { branchId, fillId, size, language, printedBy, asCopy } = print;
    return (await tx.one<{ isCopy: boolean }>(RECORD, [branchId, fillId, size, language, printedBy, asCopy]))
      .isCopy;
  }
}

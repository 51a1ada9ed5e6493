// What every bench has in common: sizes that are quick or full, one record, one table, one comparison with the last record.
import { parseArgs } from 'node:util';

import { conditions, readRecord, RECORDS, sayComparison, writeRecord } from './record.mjs';
import { plainTable, sayConditions, saySizes } from './table.mjs';

const asSize = (text) => (/^\d+$/.test(text) ? Number(text) : text);

/**
 * Runs a bench from the command line. `sizes` has for each size [quick, full]: quick ends in two minutes, --full is what documents show; each
 * can be given by an option of its name. `flags` are switches and texts beside them that change what is told, not what is measured.
 * `measure` gets the options and answers `figures` ({ of, at?, measures of record.mjs }), with `axis` where they stand on one, `notes` in
 * words (what was left out, and why), and `wrong` where what it did came out wrong, which ends it with an error.
 */
export async function bench(name, { sizes, flags = {} }, measure) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(Object.keys(sizes).map((size) => [size, { type: 'string' }])),
      ...flags,
      full: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      records: { type: 'string', default: RECORDS },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 0) throw new Error(`bench ${name}: what is ${positionals.join(' ')}?`);
  const chosen = Object.fromEntries(
    Object.entries(sizes).map(([size, [quick, full]]) => [size, asSize(values[size] ?? String(values.full ? full : quick))]), // prettier-ignore
  );
  const at = conditions();
  const { figures, axis, notes = [], wrong = [] } = await measure({ ...values, ...chosen });
  const record = { bench: name, ...at, sizes: chosen, ...(axis && { axis }), figures, notes };
  const before = readRecord(name, values.records);
  if (values.json) console.log(JSON.stringify(record));
  else {
    console.log(`\n${name}: ${saySizes(chosen)}\n${sayConditions(record)}\n`);
    for (const line of plainTable(record)) console.log(line);
    for (const note of notes) console.log(`\n${note}`);
    if (before) console.log(`\n${sayComparison(before, record).join('\n')}`);
  }
  for (const what of wrong) process.stderr.write(`${name}: ${what}\n`);
  if (wrong.length > 0) process.exitCode = 1;
  // What came out wrong is not what later runs should be measured by.
  else if (values.record) writeRecord(name, record, values.records);
}

/** Numbers of an option such as `1,4,8`. */
export const numbersOf = (text) => String(text).split(',').map(Number);

/** How much of the speed of a limit: of two times, or of two rates. */
export const ofLimit = {
  time: (limit, own) => Math.round((limit / own) * 1000) / 1000,
  rate: (limit, own) => Math.round((own / limit) * 1000) / 1000,
};

/** Figures of one subject together, in the order the subjects were first measured. */
export function grouped(figures) {
  const order = new Map([...new Set(figures.map(({ of }) => of))].map((of, at) => [of, at]));
  return figures.toSorted((one, other) => order.get(one.of) - order.get(other.of));
}

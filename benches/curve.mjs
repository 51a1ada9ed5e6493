// How operations grow with what is there: `npm run meditory -- bench curve [--products 10000] [--sales 10000] [--only search,fill-100000] [--missing]
// [--record]`; --full: 10,000, 100,000, 500,000 and 2,000,000 products; 10,000, 100,000 and 1,000,000 sales (10,000,000 where --sales names them). Each operation at each size is a run
// of its own bench, in a process of its own, and with --record a record of its own (docs/figures/bench/curve), written as it ends: what was broken off goes on with
// --missing, and --only names operations, or one of them at a size.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { numbersOf } from './lib/bench.mjs';
import { CURVE } from './lib/figures.mjs';
import { conditions, readRecord, RECORDS, sayComparison, writeRecord } from './lib/record.mjs';
import { plainTable } from './lib/table.mjs';

const PRODUCTS = 'products';
const SALES = 'sales or prescriptions';
const FULL = { [PRODUCTS]: '10000,100000,500000,2000000', [SALES]: '10000,100000,1000000' };

/** Figures of a record of the common kind by their names; those of the curve may be called otherwise. */
const taking = (names) => (told) =>
  Object.entries(names).map(([from, name]) => {
    const { of: _of, at: _at, ratio: _ratio, ...measured } = told.figures.find(({ of }) => of === from) ?? {};
    if (Object.keys(measured).length === 0) throw new Error(`no figure of ${from}`);
    return [name, measured];
  });

const OPERATIONS = [
  { name: 'search', axis: PRODUCTS, args: (size) => ['--rows', size, '--peers', 'none'], take: taking({ 'snapshot in the process': 'search' }) },
  { name: 'screen', axis: PRODUCTS, args: (size) => ['--products', size], take: taking({ 'whole screening, in the server': 'screening' }) },
  { name: 'import', axis: PRODUCTS, args: (size) => ['--rows', size, '--changed', '0'], take: taking({ 'import into an empty catalogue': 'import' }) },
  { name: 'checkout', axis: SALES, args: (size) => ['--sales', size, '--clients', '1', '--peers', 'none'], take: taking({ 'over HTTP, uniform': 'sale over HTTP' }) },
  {
    name: 'fill',
    axis: SALES,
    args: (size) => ['--prescriptions', size, '--clients', '1'],
    take: taking({ 'fill over HTTP': 'fill over HTTP', 'work board': 'work board', 'list: waiting': 'list: waiting', 'list: all': 'list: all' }),
  },
  {
    name: 'reports',
    axis: SALES,
    args: (size) => ['--sales', size, '--products', '1000'],
    take: ({ shown }) => ['sales by day, a month', 'sales by drug, a year'].map((name) => [`report: ${name}`, shown[name]]),
  },
]; // prettier-ignore

const { values: options } = parseArgs({
  options: {
    products: { type: 'string' },
    sales: { type: 'string' },
    only: { type: 'string', default: '' },
    missing: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    records: { type: 'string', default: RECORDS },
  },
});
const sizesOf = (axis) => numbersOf((axis === PRODUCTS ? options.products : options.sales) ?? (options.full ? FULL[axis] : '10000')); // prettier-ignore
const only = options.only.split(',').filter(Boolean);

/** Runs the bench of an operation; answers what it printed as JSON. */
async function run({ name, args }, size) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL(`${name}.mjs`, import.meta.url)), ...args(String(size)), '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`bench ${name} ended with ${code}`);
  return JSON.parse(out);
}

const shown = [];
const failed = [];
for (const operation of OPERATIONS)
  for (const size of sizesOf(operation.axis)) {
    const name = `${operation.name}-${size}`;
    if (only.length > 0 && !only.includes(operation.name) && !only.includes(name)) continue;
    const kept = `${CURVE}/${name}`;
    const before = readRecord(kept, options.records);
    if (options.missing && before) continue;
    process.stderr.write(`${name} …\n`);
    try {
      const at = conditions();
      const figures = operation.take(await run(operation, size)).map(([of, measured]) => ({ of, at: size, ...measured })); // prettier-ignore
      const record = { bench: kept, ...at, sizes: { size }, axis: operation.axis, figures, notes: [] };
      if (options.record) writeRecord(kept, record, options.records);
      if (before) console.log(sayComparison(before, record).join('\n'));
      shown.push(...figures);
    } catch (error) {
      failed.push(name);
      process.stderr.write(`${name}: ${error.message}\n`);
    }
  }
if (shown.length > 0) console.log(plainTable({ figures: shown, axis: 'size' }).join('\n'));
if (failed.length > 0) {
  process.stderr.write(`Not measured: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}

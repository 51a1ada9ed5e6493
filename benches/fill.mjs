// Dispensing: `npm run meditory -- bench fill [--prescriptions 20000] [--seconds 3] [--clients 1,4] [--rounds 30]`; --full: 1,000,000
// prescriptions, 10 s, 1, 4, 8 and 16 clients, 150 rounds. Makes an installation of its own in a temporary folder and fills its branch with
// years of work. Measures, over HTTP on one connection, every list and page of the dispensary; then fills (counter policy, whole screening,
// stock, register, audit, idempotency key) by so many clients, beside pgbench's TPC-B on the same server with as many. Never asserts.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../tools/build-if-stale.mjs';
import { dispensary, FIRST, waiting } from './generate/dispensary.mjs';
import { bench, grouped, numbersOf } from './lib/bench.mjs';
import { posting, rateFigure } from './lib/clients.mjs';
import { distribution } from './lib/distribution.mjs';
import { Connection } from './lib/http-client.mjs';
import { inInstallation, NO_PGBENCH } from './lib/installation.mjs';
import { eachOf } from './lib/processor.mjs';

const PORT = 3979;

const SIZES = {
  prescriptions: [20_000, 1_000_000],
  seconds: [3, 10],
  clients: ['1,4', '1,4,8,16'],
  rounds: [30, 150],
};

async function measure({ prescriptions, seconds, clients: counts, rounds }) {
  const figures = [];
  const notes = [];
  await inInstallation(PORT, async ({ headers, owner, one, branchId, userId, tpcb, spent }) => {
    const { foldText } = await import(pathToFileURL(join(root, 'dist', 'platform', 'text', 'fold.js')).href);
    const load = async (statements) => {
      for (const [text, values] of statements) await owner.query(text, values);
    };
    await load(dispensary({ branchId, userId, prescriptions, fold: foldText }));

    // Pages and lists: each asked for another patient, name or prescription every time.
    const connection = new Connection(PORT, headers);
    const patients = Math.ceil(prescriptions / 10);
    const patient = (n) => FIRST + 1 + ((n * 7919) % patients);
    const rx = (n) => FIRST + 1 + ((n * 104_729) % prescriptions);
    const names = [
      'ahmed mahmoud',
      'mohamad',
      'fatma el masry',
      'حسن قاسم',
      'yousef',
      'أحمد',
      'dina barakt',
      'rashid',
    ];
    const pages = {
      'work board': () => '/work-board',
      'list: waiting': () => '/prescriptions?status=pending',
      'list: filled, page 40': () => '/prescriptions?status=filled&page=40',
      'list: all': () => '/prescriptions',
      'list: by patient name': (n) => `/prescriptions?q=${encodeURIComponent(names[n % names.length])}`,
      'list: by number': (n) => `/prescriptions?q=RX${rx(n)}`,
      'list: by drug': (n) => `/prescriptions?q=${['amoxi', 'metformin', 'warfarin', 'atorva'][n % 4]}`,
      'one prescription': (n) => `/prescriptions/${rx(n)}`,
      'patients: by name': (n) => `/patients?q=${encodeURIComponent(names[n % names.length])}`,
      'patients: by phone': (n) => `/patients?q=01${String((n * 7919) % 1_000_000_000).padStart(9, '0')}`,
      'patients: by birth date': (n) => `/patients?q=${1940 + (n % 50)}-0${1 + (n % 9)}-1${n % 9}`,
      'patient: record': (n) => `/patients/${patient(n)}`,
      'patient: allergies': (n) => `/patients/${patient(n)}/allergies`,
      'patient: conditions': (n) => `/patients/${patient(n)}/conditions`,
      'patient: medicines': (n) => `/patients/${patient(n)}/medications`,
      'patient: prescriptions': (n) => `/patients/${patient(n)}/prescriptions`,
      'patient: timeline': (n) => `/patients/${patient(n)}/timeline`,
      'patient: adherence': (n) => `/patients/${patient(n)}/adherence`,
      'will-call': () => '/will-call',
      owed: () => '/owed-fills',
      'refills due': () => '/refills-due',
    };
    for (const [name, path] of Object.entries(pages)) {
      const ms = [];
      for (let n = -20; n < rounds; n++) {
        const from = performance.now();
        await connection.get(`/api${path(n + 20)}`);
        if (n >= 0) ms.push(performance.now() - from);
      }
      figures.push({ of: name, ...distribution(ms) });
    }
    connection.close();

    // Fills: every client takes the next that waits; a screening that stops is counted apart and not as a fill.
    // Whom it is for is asked at a screen; here nobody could answer.
    await owner.query('update operational.branches set pick_up_identifiers = false where branch_id = $1', [
      branchId,
    ]);
    await load(waiting({ branchId, userId, count: patients }));
    let taken = 0;
    const fill = (clients) =>
      posting({
        port: PORT,
        headers,
        clients,
        seconds,
        next: () =>
          ++taken > patients
            ? undefined
            : [`/api/prescriptions/${FIRST * 2 + taken}/fill`, { complete: true, overrides: [] }],
      });
    await fill(4); // plans, compiled code, rules
    for (const clients of numbersOf(counts)) {
      const limit = tpcb(clients, seconds);
      if (limit) figures.push({ of: 'pgbench TPC-B', at: clients, perSecond: Math.round(limit) });
      else notes.push(NO_PGBENCH);
      spent();
      const filled = await fill(clients);
      if (filled.n === 0) throw new Error(`nothing was filled: ${JSON.stringify(filled.answers)}`);
      figures.push(rateFigure('fill over HTTP', filled, { limit, processor: eachOf(spent(), filled.n) }));
    }
    const size = await one("select pg_size_pretty(pg_database_size('meditory_erp')) as id");
    notes.unshift(`${patients} patients, database ${size}.`);
  });
  return { axis: 'clients', figures: grouped(figures), notes: [...new Set(notes)] };
}

await bench('fill', { sizes: SIZES }, measure);

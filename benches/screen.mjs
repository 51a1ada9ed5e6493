// Screening: `npm run meditory -- bench screen [--rules 50000] [--products 2000] [--rounds 100] [--callers 16] [--seconds 2]`; --full: 200,000
// rules, 1,000 rounds, 64 callers, 5 s. Makes an installation of its own in a temporary folder: the starter rules, so many interaction
// rules between pairs of ingredients beside them, and 40 patients with 12 active prescriptions, 4 allergies and 5 conditions each. Measures the
// whole screening of a basket of 15 products (facts of the patient, rules, every kind of check, coverage) in the process and by its parts; beside it
// the pairs alone in one SQL statement, which is the limit, and the rules by PostgreSQL alone; and over HTTP with many callers at once.
// Never asserts.
import { Buffer } from 'node:buffer';
import { Agent, request } from 'node:http';

import { bench, ofLimit } from './lib/bench.mjs';
import { repeating, rateFigure } from './lib/clients.mjs';
import { distribution } from './lib/distribution.mjs';
import { inInstallation, pause } from './lib/installation.mjs';
import { compiled, openProduct } from './lib/product.mjs';
import { ACTIVE, loadScreening, PAIRS } from './lib/screening-world.mjs';

const PORT = 3978;
const BASKET = 15;
const WARM = 60;
const WHOLE = 'whole screening, in the server';
const LIMIT = 'all pairs in one SQL statement';

/** The same numbers in every run. */
let seed = 20_261_130;
const next = (below) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
};
const basketOf = (drugs) =>
  Array.from({ length: BASKET }, () => ({
    drugId: drugs[next(drugs.length)],
    dose: { amount: '1', unit: 'tablet', frequencyPerDay: '3' },
    days: 10,
  }));

const parts = new Map();
const timed = async (part, work) => {
  const from = performance.now();
  const result = await work();
  const times = parts.get(part) ?? [];
  times.push(performance.now() - from);
  parts.set(part, times);
  return result;
};

/** Screens in this process, as the server does; answers alerts each and what the rules took to be read. */
async function inProcess(product, owner, { branchId, patients, drugs }, userId, rounds) {
  const actor = { userId, username: 'bench', permissions: new Set(['ReadPatient']), branchIds: [branchId], sessionId: 0 }; // prettier-ignore
  const ctx = { actor, branchId, requestId: 'bench' };
  const uow = await product.service('platform/database/unit-of-work', 'UnitOfWork');
  const people = await product.service('operational/patients/patients.service', 'PatientsService');
  const keeper = await product.service('reference/clinical/rulebook/rulebook-keeper', 'RulebookKeeper');
  const sql = await product.service('reference/clinical/screening.repository', 'ScreeningRepository');
  const { screen } = await compiled('reference/clinical/screening.domain');
  const opening = performance.now();
  const nobody = { patient: { allergies: [] }, proposed: [], current: [] };
  while (!(await keeper.ready().then(() => uow.read(ctx, (tx) => keeper.find(tx, nobody))))) await pause(10);
  const bookMs = Math.round(performance.now() - opening);

  let alerts = 0;
  const round = async (n) => {
    const proposed = basketOf(drugs);
    const patientId = patients[n % patients.length];
    await timed(WHOLE, () =>
      uow.read(ctx, async (tx) => {
        const { patient, current, today } = await timed('… facts of the patient', () =>
          people.screeningFacts(tx, patientId),
        );
        const found = await timed('… rules (rulebook)', () =>
          keeper.find(tx, { patient, current, proposed, today }),
        );
        const verdict = await timed('… engine', () => screen(found.facts, found.knowledge));
        alerts += verdict.alerts.length;
      }),
    );
  };
  // Apart from the rounds: what these leave behind in the process would be counted as theirs.
  const byPostgres = (n) =>
    timed('the rules by PostgreSQL alone, facts included', () =>
      uow.read(ctx, async (tx) => {
        const { patient, current, today } = await people.screeningFacts(tx, patients[n % patients.length]);
        await sql.findKnowledge(tx, { patient, current, proposed: basketOf(drugs), today });
      }),
    );
  const pairs = (n) =>
    timed(LIMIT, () =>
      owner.query({
        name: 'pairs',
        text: PAIRS,
        values: [basketOf(drugs).map(({ drugId }) => drugId), patients[n % patients.length]],
      }),
    );
  for (let n = 0; n < WARM; n++) await round(n); // plans and compiled code
  parts.clear();
  alerts = 0;
  for (let n = 0; n < rounds; n++) await round(n);
  for (let n = 0; n < WARM; n++) await pairs(n);
  parts.delete(LIMIT);
  for (let n = 0; n < rounds; n++) await pairs(n);
  for (let n = 0; n < rounds / 5; n++) await byPostgres(n);
  return { bookMs, alertsEach: Math.round(alerts / rounds) };
}

/** So many callers of the server at once. */
async function overHttp(headers, { branchId, patients, drugs }, { callers, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const check = (body) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          port: PORT,
          path: '/api/clinical/check',
          method: 'POST',
          agent,
          headers: {
            ...headers,
            'x-branch-id': String(branchId),
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const bodies = patients.map((patientId) =>
    JSON.stringify({
      patientId,
      drugs: basketOf(drugs).map(({ drugId, dose, days }) => ({
        drugId,
        dose: dose.amount,
        unit: dose.unit,
        frequencyPerDay: dose.frequencyPerDay,
        days,
      })),
    }),
  );
  let sent = 0;
  const once = () => check(bodies[sent++ % bodies.length]);
  for (let n = 0; n < WARM; n++) await once();
  const figures = [];
  for (const clients of [1, callers])
    figures.push(rateFigure('over HTTP', await repeating({ clients, seconds, done: 200, open: () => ({ once }) }), { done: 200 })); // prettier-ignore
  agent.destroy();
  return figures;
}

await bench(
  'screen',
  { sizes: { rules: [50_000, 200_000], products: [2000, 2000], rounds: [100, 1000], callers: [16, 64], seconds: [2, 5] } },
  async (options) => {
    let result;
    await inInstallation(
      PORT,
      async ({ headers, owner, userId, env }) => {
        const product = await openProduct(env);
        try {
          await (await product.service('reference/clinical/starter-rules.service', 'StarterRulesService')).load();
          const world = await loadScreening(owner, options);
          const { bookMs, alertsEach } = await inProcess(product, owner, world, userId, options.rounds);
          const http = await overHttp(headers, world, options);
          // A part is done before the whole is; in the table the whole stands first.
          const shown = [...parts]
            .map(([of, times]) => ({ of, ...distribution(times) }))
            .sort((one, other) => Number(other.of === WHOLE) - Number(one.of === WHOLE));
          const limit = shown.find(({ of }) => of === LIMIT);
          result = {
            axis: 'callers',
            figures: [...shown.map((one) => (one.of === WHOLE ? { ...one, ratio: ofLimit.time(limit.p50, one.p50) } : one)), ...http], // prettier-ignore
            notes: [
              `${world.rules} interaction rules; a basket of ${BASKET} for a patient on ${ACTIVE}, 4 allergies, 5 conditions; ${alertsEach} alerts each. The rules are read into the process in ${bookMs} ms. The limit has the pairs that are named directly and nothing else.`,
            ],
          };
        } finally {
          await product.close();
        }
      },
      undefined,
      { MEDITORY_SAMPLE: 'none' },
    );
    return result;
  },
); // prettier-ignore

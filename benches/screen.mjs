// Screening: `npm run meditory -- bench screen [--rules 200000] [--rounds 300] [--callers 64] [--seconds 5] [--json]`.
// Makes an installation of its own in a temporary folder: the starter rules, so many interaction rules between pairs of
// ingredients beside them, and 40 patients with 12 active prescriptions, 4 allergies and 5 conditions each. Measures the
// whole screening of a basket of 15 products (facts of the patient, rules, every kind of check, coverage) in the process
// and by its parts, the same by PostgreSQL alone, and over HTTP with many callers at once. Prints, never asserts.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { distribution } from './lib/distribution.mjs';

const PORT = 3978;
const PASSWORD = 'nine silver spoons in a drawer';
const PATIENTS = 40;
const BASKET = 15;
const ACTIVE = 12;
/** Ingredients the rules are about: as many, and pairs as dense, as in the large published lists (one pair in eight). */
const INGREDIENTS = 1800;

const { values: options } = parseArgs({
  options: {
    rules: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '300' },
    callers: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
buildIfStale();
const compiled = (path) => import(pathToFileURL(join(root, 'dist', `${path}.js`)).href);

const home = mkdtempSync(join(tmpdir(), 'meditory-bench-'));
chmodSync(home, 0o755);
const env = {
  ...process.env,
  MEDITORY_HOME: home,
  MEDITORY_SAMPLE: 'none',
  MEDITORY_ADMIN_PASSWORD: PASSWORD,
  PORT: String(PORT),
  LOG_LEVEL: 'error',
};

/** The same numbers in every run. */
let seed = 20_261_130;
const next = (below) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
};

/** Products, patients and rules, past every trigger: loading 200,000 audited rules is not what is measured. */
const FILL = [
  'set session_replication_role = replica',
  `insert into operational.branches (code, name) values ('BENCH', 'Bench')`,
  // Seven products in ten of one ingredient, two of two, one of three; of those ingredients that groups hold first.
  `create temporary table pool as
   select ingredient_id, row_number() over (order by (select count(*) from reference.ingredient_group_members m where m.ingredient_id = i.ingredient_id) desc, ingredient_id) as n
   from reference.ingredients i where kind = 'substance'`,
  `insert into reference.drugs (name, name_folded, price, base_unit, units_per_pack, route, ingredient_status)
   select 'Bench ' || n, 'bench ' || n, 10, 'tablet', 30, 'oral', 'linked' from generate_series(1, 2000) n`,
  `insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit)
   select d.drug_id, k, p.ingredient_id, 'bench', 100 * k, 'mg'
   from reference.drugs d, generate_series(1, 3) k, pool p
   where k <= case when d.drug_id % 10 < 7 then 1 when d.drug_id % 10 < 9 then 2 else 3 end and p.n = 1 + (d.drug_id * 7 + k * 131) % 600`,
  `insert into reference.drug_interactions (code, rule_set, ingredient_a_id, ingredient_b_id, severity, mechanism, description, management, evidence, source)
   select 'bench:' || a.ingredient_id || '+' || b.ingredient_id, 'bench', a.ingredient_id, b.ingredient_id,
     (array['major', 'moderate', 'minor', 'moderate'])[1 + (a.n + b.n) % 4], 'Some mechanism in words', 'What happens to the patient, in a sentence.',
     'What to do about it, in a sentence or two.', 'probable', 'generated for the bench'
   from pool a join pool b on ('ingredient:' || a.ingredient_id) collate "C" < ('ingredient:' || b.ingredient_id) collate "C"
   where a.n <= ${INGREDIENTS} and b.n <= ${INGREDIENTS} and hashint8(a.n * 100000 + b.n) & 1023 < $1::float8 * 1024 / ${(INGREDIENTS * (INGREDIENTS - 1)) / 2}
   on conflict do nothing`,
  `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex, weight_kg, egfr, pregnant, lactating, allergy_status)
   select b.branch_id, 'Bench', n::text, 'bench ' || n, date '1948-01-01' + n * 97, case n % 2 when 0 then 'male' else 'female' end, 60 + n % 30, 25 + n, false, false, 'recorded'
   from operational.branches b, generate_series(1, ${PATIENTS}) n where b.code = 'BENCH'`,
  `insert into operational.patient_allergies (patient_id, branch_id, ingredient_id)
   select t.patient_id, t.branch_id, p.ingredient_id from operational.patients t, generate_series(1, 4) k, pool p where p.n = 1 + (t.patient_id * 13 + k * 57) % 400`,
  `insert into operational.patient_conditions (patient_id, branch_id, icd10, name)
   select t.patient_id, t.branch_id, (array['I50', 'N18.3', 'J45', 'E11.9', 'K25', 'G40', 'I10', 'D68.3'])[1 + (t.patient_id + k) % 8], 'Condition ' || k
   from operational.patients t, generate_series(1, 5) k`,
  `insert into operational.prescribers (first_name, last_name, name_folded, licence_number) values ('Bench', 'Prescriber', 'bench prescriber', 'BENCH')`,
  `insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, dose_amount, dose_unit, frequency_per_day, prescribed_date, expires_on)
   select t.branch_id, t.patient_id, d.drug_id, r.prescriber_id, 30, 30, 'as directed', 1, 'tablet', 2, current_date, current_date + 300
   from operational.patients t, generate_series(1, ${ACTIVE}) k, operational.prescribers r,
     lateral (select drug_id from reference.drugs order by drug_id offset (t.patient_id * 41 + k * 97) % 2000 limit 1) d`,
  `insert into operational.user_branches (user_id, branch_id)
   select u.user_id, b.branch_id from operational.users u, operational.branches b where b.code = 'BENCH' on conflict do nothing`,
  `insert into reference.rule_changes (place, kind, keys) values (nextval('reference.rule_place_seq'), 'rebuild', '{}')`,
  'analyze',
];

const parts = new Map();
const timed = async (part, work) => {
  const from = performance.now();
  const result = await work();
  const times = parts.get(part) ?? [];
  times.push(performance.now() - from);
  parts.set(part, times);
  return result;
};

const { readConfig } = await compiled('platform/config/config');
const { openInstallation, migrateInstallation } = await compiled('installation');
const { createApplication } = await compiled('application');
const { createLogger } = await compiled('platform/log/logger');
const installation = await openInstallation(readConfig(env));
let app;
let server;
try {
  await migrateInstallation(installation);
  app = await createApplication(installation.server, 16, createLogger('error'));
  await app.init();
  const service = async (path, name) => app.get((await compiled(path))[name], { strict: false });
  await (await service('reference/clinical/starter-rules.service', 'StarterRulesService')).load();
  const { host, port, username, password, database } = installation.cluster.server('superuser');
  const owner = new pg.Client({ host, port, user: username, password, database });
  owner.on('error', () => undefined); // when the bench fails, the cluster goes first
  await owner.connect();
  // The server process makes the first user.
  server = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'start'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ready = () =>
    fetch(`http://127.0.0.1:${PORT}/api/health/ready`).then(
      (answer) => answer.json(),
      () => undefined,
    );
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  while ((await ready())?.status !== 'ok') await pause(50);
  for (const statement of FILL)
    await owner.query(statement, statement.includes('$1') ? [Number(options.rules)] : []);
  const ids = async (text) => (await owner.query(text)).rows.map(({ id }) => id);
  const patients = await ids('select patient_id as id from operational.patients order by 1');
  const drugs = await ids("select drug_id as id from reference.drugs where name like 'Bench %' order by 1");
  const [branchId] = await ids("select branch_id as id from operational.branches where code = 'BENCH'");
  const [userId] = await ids('select user_id as id from operational.users order by 1 limit 1');
  const [rules] = await ids(
    'select count(*)::int as id from reference.drug_interactions where valid_to is null',
  );
  await owner.end();

  const ctx = {
    actor: {
      userId,
      username: 'bench',
      permissions: new Set(['ReadPatient']),
      branchIds: [branchId],
      sessionId: 0,
    },
    branchId,
    requestId: 'bench',
  };
  const uow = await service('platform/database/unit-of-work', 'UnitOfWork');
  const people = await service('operational/patients/patients.service', 'PatientsService');
  const keeper = await service('reference/clinical/rulebook/rulebook-keeper', 'RulebookKeeper');
  const sql = await service('reference/clinical/screening.repository', 'ScreeningRepository');
  const { screen } = await compiled('reference/clinical/screening.domain');
  const opening = performance.now();
  while (
    !(await keeper
      .ready()
      .then(() =>
        uow.read(ctx, (tx) => keeper.find(tx, { patient: { allergies: [] }, proposed: [], current: [] })),
      ))
  )
    await pause(10);
  const openingMs = performance.now() - opening;

  const basket = () =>
    Array.from({ length: BASKET }, () => ({
      drugId: drugs[next(drugs.length)],
      dose: { amount: '1', unit: 'tablet', frequencyPerDay: '3' },
      days: 10,
    }));
  let alerts = 0;
  const round = async (n) => {
    const proposed = basket();
    const patientId = patients[n % patients.length];
    await timed('whole screening, in the server', () =>
      uow.read(ctx, async (tx) => {
        const { patient, current, today } = await timed('  facts of the patient', () =>
          people.screeningFacts(tx, patientId),
        );
        const found = await timed('  rules (rulebook)', () =>
          keeper.find(tx, { patient, current, proposed, today }),
        );
        const verdict = await timed('  engine', () => screen(found.facts, found.knowledge));
        alerts += verdict.alerts.length;
      }),
    );
  };
  // Apart from the rounds: what it leaves behind in the process would be counted as theirs.
  const byPostgres = (n) =>
    timed('the rules by PostgreSQL alone', () =>
      uow.read(ctx, async (tx) => {
        const { patient, current, today } = await people.screeningFacts(tx, patients[n % patients.length]);
        await sql.findKnowledge(tx, { patient, current, proposed: basket(), today });
      }),
    );
  for (let n = 0; n < 60; n++) await round(n); // plans and compiled code
  parts.clear();
  alerts = 0;
  const rounds = Number(options.rounds);
  const usage = process.cpuUsage();
  for (let n = 0; n < rounds; n++) await round(n);
  const { user, system } = process.cpuUsage(usage);
  for (let n = 0; n < rounds / 5; n++) await byPostgres(n);

  // Many callers over HTTP, on the server process.
  const { token } = await fetch(`http://127.0.0.1:${PORT}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  }).then((answer) => answer.json());
  const agent = new Agent({ keepAlive: true, maxSockets: Number(options.callers) });
  const check = (body) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          port: PORT,
          path: '/api/clinical/check',
          method: 'POST',
          agent,
          headers: {
            authorization: `Bearer ${token}`,
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
      drugs: basket().map(({ drugId, dose, days }) => ({
        drugId,
        dose: dose.amount,
        unit: dose.unit,
        frequencyPerDay: dose.frequencyPerDay,
        days,
      })),
    }),
  );
  for (let n = 0; n < 100; n++) await check(bodies[n % bodies.length]);
  const load = async (callers, seconds) => {
    const ms = [];
    let errors = 0;
    let sent = 0;
    const from = performance.now();
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() < from + seconds * 1000) {
          const at = performance.now();
          if ((await check(bodies[sent++ % bodies.length])) === 200) ms.push(performance.now() - at);
          else errors++;
        }
      }),
    );
    return {
      callers,
      errors,
      perSecond: Math.round((ms.length / (performance.now() - from)) * 1000),
      ...distribution(ms),
    };
  };
  const http = [
    await load(1, Number(options.seconds)),
    await load(Number(options.callers), Number(options.seconds)),
  ];

  const result = {
    rules,
    bookMs: Math.round(openingMs),
    alertsPerScreening: Math.round(alerts / rounds),
    cpuMsPerRound: Math.round((user + system) / rounds) / 1000,
    parts: Object.fromEntries([...parts].map(([part, times]) => [part.trim(), distribution(times)])),
    http,
  };
  if (options.json) console.log(JSON.stringify(result));
  else {
    const say = ({ p50, p95, p99, max }) =>
      `p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}  p99 ${p99.toFixed(2)}  max ${max.toFixed(1)} ms`;
    console.log(
      `${rules} interaction rules; basket of ${BASKET} for a patient on ${ACTIVE}, 4 allergies, 5 conditions; ${result.alertsPerScreening} alerts each; ` +
        `${cpus().length} cores, Node ${process.version}\nreading the rules into the process: ${result.bookMs} ms\n`,
    );
    for (const [part, times] of parts) console.log(`${part.padEnd(34)} ${say(distribution(times))}`);
    console.log(`${'CPU of this process a round'.padEnd(34)} ${result.cpuMsPerRound} ms\n`);
    for (const one of http)
      console.log(
        `${String(one.callers).padStart(3)} callers over HTTP  ${one.perSecond}/s  errors ${one.errors}  ${say(one)}`,
      );
  }
  agent.destroy();
} finally {
  server?.kill('SIGTERM');
  if (server) await new Promise((resolve) => server.once('exit', resolve));
  await app?.close();
  await installation.close();
  rmSync(home, { recursive: true, force: true });
}

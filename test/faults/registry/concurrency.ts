import { beside, proof, type FaultTest } from './fault-test.types.js';

/** B. Concurrency. */
export const CONCURRENCY: readonly FaultTest[] = [
  {
    id: 'T13',
    name: 'The last unit',
    procedure:
      '200 callers want the one unit there is; then thousands of last units, each wanted by four tills.',
    expected: 'One sale each, everybody else is told that there is none.',
    proofs: [
      ...proof('race/last-units.race.test.ts', 'the last unit, asked for by 200 at 4 tills'),
      ...proof('faults/bars.faults.test.ts', 'sold once each'),
    ],
  },
  {
    id: 'T14',
    name: 'The last refill',
    procedure: '100 fills where one refill is left.',
    expected: 'One succeeds.',
    proofs: proof(
      'race/last-refill.race.test.ts',
      'goes to one of a hundred',
      'is refused by the database when the application does not look',
    ),
  },
  {
    id: 'T15',
    name: 'The same key, many times at once',
    procedure: '100 at once with one key; the key with another body, of another user, at another branch.',
    expected:
      'One effect and one answer; another body is refused with 422; nobody is answered with what is another’s.',
    proofs: [
      ...proof(
        'race/idempotency.race.test.ts',
        '100 parallel retries: one sale, and every answer is the first',
        'with another body is refused, and with another user is another key',
        'at another branch of the same user is refused',
      ),
      ...proof('race/last-refill.race.test.ts', 'is given once to sixty retries of each of ten keys'),
      ...proof('faults/bars.faults.test.ts', 'published bars'),
    ],
  },
  {
    id: 'T16',
    name: 'Sale, correction, return and count of one product',
    procedure: 'Twelve hands give random commands on one product.',
    expected: 'What is on hand, kept and in transit is what was acknowledged, to the unit.',
    proofs: [
      ...proof('faults/one-lot.test.ts', 'is what was acknowledged, to the unit'),
      ...proof(
        'e2e/stock-counts.e2e.test.ts',
        'is exact while the lot is sold, received and corrected by many at once',
      ),
    ],
    note: 'Bounded by commands (400 in `npm test`, 4,000 in the short run, 40,000 in the long one), not by a minute: a count does not depend on the machine.',
  },
  {
    id: 'T17',
    name: 'Two carts in opposite order',
    procedure: '1,000 carts with the same goods in opposite order; a deadlock made on purpose.',
    expected: 'No answer of 500; a lost race is run again inside.',
    proofs: [
      ...proof('race/last-units.race.test.ts', '1,000 carts with the same goods in opposite order'),
      ...beside('platform/database/unit-of-work.db.test.ts', 'chose it as the victim of a deadlock'),
    ],
  },
  {
    id: 'T18',
    name: 'Two clerks receive one line of an order',
    procedure: 'One line received by many at once; one serial at four branches.',
    expected: 'It comes in once; a serial is genuine once.',
    proofs: [
      ...proof('e2e/receiving.e2e.test.ts', 'by many at once: what is ordered comes in once'),
      ...proof('race/packs.race.test.ts', 'received at four branches at once is genuine at one'),
    ],
  },
  {
    id: 'T19',
    name: 'A stale edit of a patient or an allergy',
    procedure: 'Two tabs change what both have read.',
    expected: 'The second is refused and reads again; no allergy is lost.',
    proofs: [
      ...proof('faults/pharmacy-edges.test.ts', 'change him once; the second reads what the first wrote'),
      ...proof('e2e/patients.e2e.test.ts', 'once by version: a stale change is refused'),
    ],
    note: 'Versions travel in the body, so the refusal is 409 stale-version throughout the product, where the plan has 412 of If-Match. Allergies are rows of their own and are never overwritten by an edit of the patient.',
  },
  {
    id: 'T20',
    name: 'Somebody holds a lot in psql',
    procedure: 'A transaction of the owner locks the lot and stays; one till wants it, others sell.',
    expected: 'The till is told within 3.5 s, the others do not notice.',
    proofs: proof('faults/waits.test.ts', 'for a lot that somebody holds in psql is told so in time'),
    note: 'It is held for as long as the answer takes, not for 30 s: what comes after the answer shows nothing.',
  },
  {
    id: 'T21',
    name: 'The pool is exhausted',
    procedure: '500 reports that wait for a lock beside sixteen tills; every connection of the pool taken.',
    expected: 'Reports are shed, tills stay quick, health stays green.',
    proofs: [
      ...proof(
        'faults/t21-reports.test.ts',
        'sends reports away with Retry-After, sells everything, stays well, and reports again afterwards',
      ),
      ...proof(
        'e2e/operations.e2e.test.ts',
        'answers for its health when every connection of the pool is taken',
      ),
    ],
    note: 'Times of the tills are told by the run and held to no bar, since they depend on the machine: no till waits for a connection.',
  },
  {
    id: 'T22',
    name: 'The catalogue is loaded anew while it is used',
    procedure:
      'A full load beside eight tills, killed with kill -9 in the middle, then done; the catalogue is looked at all the while.',
    expected:
      'No till fails, the catalogue is the old one or the new one, what the source dropped stays as discontinued.',
    proofs: proof('faults/reload.test.ts', 'beside tills, and killed in the middle: whole or not at all'),
  },
];

import { beside, proof, type FaultTest } from './fault-test.types.js';

/** C. Rules of the pharmacy. */
export const PHARMACY: readonly FaultTest[] = [
  {
    id: 'T23',
    name: 'A lot that has expired',
    procedure:
      'Yesterday, today, end of a month written as day 00; by product, by scan, by a lot number in the body, by plain SQL; in two branches whose dates differ.',
    expected: 'Today and later pass, nothing else.',
    proofs: [
      ...proof(
        'faults/pharmacy-edges.test.ts',
        'by the calendar of its branch',
        'is sold in Pago Pago and refused in Apia, where the same date is over',
        'leaves neither by a lot number in the body nor by a row in the ledger',
      ),
      ...beside('operational/prescriptions/scan-match.domain.test.ts', 'is good to the end of its last day'),
      ...proof('e2e/inventory.e2e.test.ts', 'takes in nothing of a delivery with an expired lot'),
      ...beside('reference/barcodes/read-barcode.domain.test.ts', 'a date of six digits'),
    ],
  },
  {
    id: 'T24',
    name: 'A recall between basket and payment',
    procedure: 'A basket is priced and held, its lot called back, the basket resumed and paid.',
    expected: 'The payment is refused, and names the lot and the recall.',
    proofs: [
      ...proof('faults/pharmacy-edges.test.ts', 'stops the payment, and names the lot and the recall'),
      ...proof('e2e/offline-sales.e2e.test.ts', 'of what was recalled meanwhile wait for a person'),
    ],
  },
  {
    id: 'T25',
    name: 'Refills of controlled medicines',
    procedure:
      'Schedule II with refills, the sixth refill of IV, a day after six months; written on the 31st of August and the 29th of February.',
    expected: 'Refused, with the rule.',
    proofs: [
      ...beside('operational/prescriptions/controlled.domain.test.ts', 'controlled schedules'),
      ...proof('e2e/prescriptions.e2e.test.ts', 'without refills where a schedule allows none'),
    ],
  },
  {
    id: 'T26',
    name: 'Parts of schedule II',
    procedure: 'The rest after 71 and after 73 hours; the days of the other reasons.',
    expected: 'Given and refused.',
    proofs: [
      ...proof(
        'e2e/controlled-limits.e2e.test.ts',
        'give the rest of schedule II for 72 hours when stock was short',
        'know a part that stock made by itself, and the days of the other reasons',
      ),
      ...beside(
        'operational/prescriptions/controlled-limits.db.test.ts',
        'refuse the rest of schedule II after its time, and a part that does not say why',
      ),
    ],
  },
  {
    id: 'T27',
    name: 'Skipped steps',
    procedure:
      'Every command where a prescription or fill stands, by the application and by SQL; verifying without scans, by who may not, handing over with one particular.',
    expected: 'Refused, each.',
    proofs: [
      ...proof('e2e/every-step.e2e.test.ts', 'every step'),
      ...proof('e2e/scan-verification.e2e.test.ts', 'is asked for by the database too'),
      ...proof(
        'e2e/will-call.e2e.test.ts',
        'with two particulars that agree, where the branch asks for them',
      ),
      ...proof('e2e/two-persons.e2e.test.ts', 'are two: nobody signs for himself'),
    ],
  },
  {
    id: 'T28',
    name: 'Overrides of alerts',
    procedure: 'No reason, a reason that says nothing, one who may not, an answer that was used.',
    expected: 'Refused; the alert is kept.',
    proofs: [
      ...proof(
        'e2e/filling.e2e.test.ts',
        'until each stop is overridden; alerts found at the fill are kept, the fill is not',
        'is no reason',
        'and only those with the right may override',
      ),
      ...proof(
        'e2e/screening-gate.e2e.test.ts',
        'asks for the password again for a contraindicated finding, once for each command',
        'takes no override of what was shown before a rule was published anew',
      ),
    ],
  },
  {
    id: 'T29',
    name: 'An allergy recorded between two steps',
    procedure: 'Recorded after the entry and after the verifying.',
    expected: 'The next step stops until it is answered.',
    proofs: [
      ...proof(
        'e2e/screening-gate.e2e.test.ts',
        'an allergy recorded after verifying stops the handing over',
      ),
      ...proof('e2e/fills.e2e.test.ts', 'are screened again when verified: what is new must be overridden'),
    ],
  },
  {
    id: 'T30',
    name: 'Money at its edges',
    procedure:
      'Half a coin, three thirds, all of it off, negative, nothing, a thousand million million, split tenders, more refunded than paid, mixed tax.',
    expected: 'Whole coins by the rounding that is written down, or a refusal; it adds up.',
    proofs: [
      ...proof('faults/pharmacy-edges.test.ts', 'money at its edges'),
      ...beside('operational/sales/basket.prop.test.ts', 'returns of a whole basket, however they are split'),
      ...beside(
        'operational/sales/pricing/pricing.db.test.ts',
        'reckons tax as the program does, to the last coin',
      ),
    ],
  },
  {
    id: 'T31',
    name: 'The edges of business days',
    procedure:
      'Sales a second before, at and after each local midnight, and every half hour of the night, in zones that skip and repeat hours; one pair of sales around a midnight that comes.',
    expected: 'The days partition what was sold; nothing is counted twice.',
    proofs: [
      ...proof(
        'faults/days.test.ts',
        'have each sale once',
        'turn at midnight of the branch, by the clock of the database',
      ),
      ...proof('e2e/journal.e2e.test.ts', 'partition what was posted: nothing twice, nothing left out'),
    ],
    note: 'A sale has the moment of the clock of the database, which no test moves: sales of other days are posted by SQL with the moment written out and the day reckoned as the till does. The pair around midnight goes through the door: its branch is in a zone where midnight is three seconds away.',
  },
  {
    id: 'T32',
    name: 'Serials of packs',
    procedure: 'One serial twice, at two branches, sold before; events of packs that are sent again.',
    expected: 'One supply, a quarantine, each event told once.',
    proofs: [
      ...proof('e2e/serials.e2e.test.ts', 'a serial seen twice is set aside, loudly'),
      ...proof('race/packs.race.test.ts', 'received at four branches at once is genuine at one'),
      ...proof('e2e/trace.e2e.test.ts', 'go out as one batch, as CSV and as EPCIS, the same each time'),
    ],
    note: 'Taking a decommissioning back on day 9 and 11 is a rule of the national systems of the European Union. The product is connected to none, so it has no such state.',
  },
];

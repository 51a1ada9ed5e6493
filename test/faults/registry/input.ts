import { beside, proof, type FaultTest } from './fault-test.types.js';

/** D. Bad input. */
export const INPUT: readonly FaultTest[] = [
  {
    id: 'T33',
    name: 'Broken JSON of every kind',
    procedure:
      'Cut off, deep, huge, doubled keys, a mark of byte order, other encodings and types, to every route that takes a body.',
    expected: '400, 413 or 415 as a problem, never 5xx.',
    proofs: [
      ...proof(
        'faults/hostile-bodies.test.ts',
        'T33 JSON that is none, or comes as something else, is refused on every route that takes a body',
        'T33 of a key that stands twice the last counts, as JSON.parse has it, and a mark of byte order is passed over',
      ),
      ...proof(
        'e2e/bad-input.e2e.test.ts',
        'none gives a 5xx, each refusal is a problem, none changes a row',
      ),
      ...proof(
        'faults/abuse-fuzz.test.ts',
        'made requests leave a healthy server, and no answer is one of a program that failed',
      ),
    ],
  },
  {
    id: 'T34',
    name: 'Bodies, queries and headers beyond all measure',
    procedure:
      'A head and an address of 64 kB, two lengths, thousands of parameters; 2 GB in chunks without end, offered eight times at once.',
    expected: '400, 413 or 431, the connection ended; the process grows by less than 50 MB.',
    proofs: proof(
      'e2e/http-limits.e2e.test.ts',
      'is refused with a problem, and the connection ended',
      'thousands of parameters are refused, with few words',
      'is cut off soon, and its bytes are not kept: 2 GB, eight times at once',
    ),
    note: 'The most memory a process held is told by Linux: elsewhere the last is not run.',
  },
  {
    id: 'T35',
    name: 'Slow requests on many sockets',
    procedure: 'Hundreds of sockets send their heads, and with MEDITORY_SLOW=1 their bodies, byte by byte.',
    expected: 'Closed within 30 s; tills stay quick.',
    proofs: proof(
      'e2e/http-limits.e2e.test.ts',
      'waits no longer than 30 s for a head, and looks often enough for that',
      'who send their heads byte by byte are let go, and the others served meanwhile',
    ),
    note: 'The wait for a head is shortened to a second for the test, and the limit it has otherwise is read off the server. Those beside are asked for their health, not sales: times of tills under it are not measured.',
  },
  {
    id: 'T36',
    name: 'Every kind of text in every field',
    procedure:
      'Arabic, mixed directions, marks that override them, emoji, combining marks, NUL, half surrogate pairs, in every text field of every body.',
    expected: 'Stored and answered alike, or 400 that names the field.',
    proofs: proof(
      'faults/hostile-bodies.test.ts',
      'T36 every text field refuses NUL and half surrogate pairs, by name, and 10,000 marks on one letter',
      'T36 every text field keeps what it takes as it came',
    ),
  },
  {
    id: 'T37',
    name: 'Every kind of number in every field',
    procedure: 'Negative, none, halves, as text, beyond 31 and 53 bits, in every numeric field.',
    expected: '400 that names the field, or exact.',
    proofs: proof(
      'faults/hostile-bodies.test.ts',
      'T37 a number that is none, is not whole, too large or of another type is refused by name',
    ),
  },
  {
    id: 'T38',
    name: 'SQL in every field',
    procedure:
      'Quotes, stacked statements, conditions that are always true, waits, in every parameter, path, header and text.',
    expected: 'No statement of another shape reaches the database, no answer shows one.',
    proofs: [
      ...proof(
        'faults/hostile-paths.test.ts',
        'T38 SQL in any parameter, path or header becomes part of no statement and shows none',
        'T38 SQL in any text of any body becomes part of no statement',
      ),
      ...proof(
        'contract/sql-is-constant.test.ts',
        'is sent as a constant, but where the list says whose constant it is',
      ),
    ],
    note: 'Times are not compared: they depend on the machine. Shapes of statements are.',
  },
  {
    id: 'T39',
    name: 'Patterns and backtracking in searches',
    procedure: 'Wildcards, backslashes, texts made to blow up a pattern, searches of kilobytes.',
    expected: 'Taken literally, answered or refused.',
    proofs: proof(
      'faults/hostile-paths.test.ts',
      'T39 wildcards are letters, and texts made to blow up a pattern or a search are answered or refused',
    ),
  },
  {
    id: 'T40',
    name: 'Fields nobody asked for',
    procedure: 'Keys of rows, rights and prototypes, in every body and every object within.',
    expected: '400 that names the key.',
    proofs: proof(
      'faults/hostile-bodies.test.ts',
      'T40 a key nobody asked for is refused by name in every body and every object within',
      'T40 a body that names prototypes changes no object of the process',
    ),
  },
  {
    id: 'T41',
    name: 'Parameters twice, as lists, as objects',
    procedure: 'Every parameter of every route.',
    expected: '400.',
    proofs: proof(
      'faults/hostile-paths.test.ts',
      'T41 a parameter that comes twice, or as a list or an object, is refused',
    ),
  },
  {
    id: 'T42',
    name: 'Other spellings of a path and a method',
    procedure:
      'HEAD, slashes more, encoded letters and dots, another case, `;a=b`, TRACE, headers that name another method.',
    expected: 'Never data.',
    proofs: proof(
      'faults/hostile-paths.test.ts',
      'T42 no form of an address opens a door that its plain form does not',
      'T42 a header that names another method is not heeded, and only methods a route has are answered',
    ),
  },
  {
    id: 'T43',
    name: 'Formulas in files',
    procedure: 'Names that begin as formulas do, in every CSV file there is.',
    expected: 'Made text.',
    proofs: proof(
      'faults/hostile-files.test.ts',
      'T43 no cell of any CSV file begins a formula, and every file has a name of ours',
    ),
  },
  {
    id: 'T44',
    name: 'Hostile files to import',
    procedure:
      'Archives that unpack to gigabytes or hold links and paths, other kinds than they say, cut off, wrong encodings, bad rows.',
    expected: 'Limits before anything is unpacked; all or nothing; nothing outside of the own folder.',
    proofs: [
      ...proof(
        'faults/hostile-files.test.ts',
        'T44 hostile files of an import change nothing, leave nothing behind, and are told why',
      ),
      ...beside('reference/imports/hostile-input.db.test.ts', 'is refused and nothing is changed'),
    ],
  },
  {
    id: 'T45',
    name: 'Markup in names and directions',
    procedure: 'Scripts and tags in names, notes, directions; every screen and every printed page.',
    expected: 'Inert, and the policy of the page has nothing to report.',
    proofs: [
      ...proof('faults/hostile-files.test.ts', 'T45 no printed page holds markup out of a record'),
      ...proof(
        'browser/hostile-text.browser.test.ts',
        'T45 stored markup stays text on every screen that shows it',
      ),
    ],
  },
];

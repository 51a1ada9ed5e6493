import type { FaultTest } from './fault-test.types.js';

const entry = (id: string, name: string, expected: string): FaultTest => ({
  ...{ id, name, expected },
  procedure: name,
  proofs: [],
  note: 'In work.',
});

/** D. Bad input. E. Abuse and access. */
export const ABUSE: readonly FaultTest[] = [
  entry('T33', 'Broken JSON of every kind', '400, 413 or 415 as a problem, never 5xx.'),
  entry('T34', 'Bodies, queries and headers beyond all measure', '413 or 431, memory stays flat.'),
  entry('T35', 'Slow requests on many sockets', 'Closed within 30 s; tills stay quick.'),
  entry('T36', 'Every kind of text in every field', 'Stored and answered alike, or 400.'),
  entry('T37', 'Every kind of number in every field', '400, or exact.'),
  entry('T38', 'SQL in every field', 'No statement of another shape reaches the database.'),
  entry('T39', 'Patterns and backtracking in searches', 'Taken literally, answered in time.'),
  entry('T40', 'Fields nobody asked for', '400.'),
  entry('T41', 'Parameters twice, as lists, as objects', '400.'),
  entry('T42', 'Other spellings of a path and a method', 'Never data.'),
  entry('T43', 'Formulas in files', 'Made harmless.'),
  entry('T44', 'Hostile files to import', 'Limits before anything is unpacked; all or nothing.'),
  entry('T45', 'Markup in names and directions', 'Inert.'),
  entry('T46', 'Numbers of another branch on every route', '404, and no field of it in the body.'),
  entry('T47', 'Rights beyond one’s own', '403; what is taken away is gone with the next request.'),
  entry('T48', 'Sessions fixed, rotated, ended', 'The old token is refused at once.'),
  entry('T49', 'A disabled user with open sessions', 'All refused at once.'),
  entry('T50', 'Guessing of passwords', 'Throttled in the database; nothing tells a name that exists.'),
  entry('T51', 'Requests of other sites', '403.'),
  entry('T52', 'One-time passwords used twice', 'Once.'),
  entry('T53', 'Passwords of every kind', 'By the written policy.'),
  entry('T54', 'Tampering with the audit trail', 'Refused, or found.'),
  entry('T55', 'What the login of the server may not', 'Refused by the database.'),
  entry('T56', 'Headers, TLS, caches', 'As written down.'),
  entry('T57', 'Secrets and patients in logs', 'None.'),
  entry('T58', 'Walking through patients', 'Slowed down and told.'),
  entry('T59', 'A fresh installation', 'No password anybody knows.'),
  entry('T60', 'Migrations up, down, killed, twice at once', 'One runner, the same data.'),
];

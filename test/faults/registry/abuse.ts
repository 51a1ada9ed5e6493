import { beside, proof, type FaultTest } from './fault-test.types.js';

/** E. Abuse and access. */
export const ABUSE: readonly FaultTest[] = [
  {
    id: 'T46',
    name: 'Numbers of another branch on every route',
    procedure:
      'One row of another branch in every table, made out of the catalogue of the database; every route of the product is asked for each.',
    expected: '404, no field of it in the body, nothing changed, the refusal in the trail.',
    proofs: [
      ...proof(
        'contract/idor.test.ts',
        'are there: who works there reads each of them',
        'that names one is 404 and shows nothing of it',
        'are in no list, whatever identities it is asked for',
        'are named in no command: one that brings their identities along does nothing with them',
        'are not reached by naming the branch either',
      ),
      ...proof(
        'e2e/audit-chain.e2e.test.ts',
        'has who was refused what: without a right, at another branch, of another branch, by a wrong password',
      ),
    ],
  },
  {
    id: 'T47',
    name: 'Rights beyond one’s own',
    procedure:
      'Own roles, roles above one’s own, other users, the last administrator, emergencies without need, by the application and by SQL; every route by every role; a right taken in the middle of a session.',
    expected: '403; what is taken away is gone with the next request.',
    proofs: [
      ...proof(
        'e2e/escalation.e2e.test.ts',
        'T47 is refused by the API on every way to more rights',
        'T47 is refused by the database to whoever writes SQL in a user’s name',
        'T47 the last administrator stays one, and may sign in',
        'T47 a record is opened in an emergency with a reason, for its user, for half an hour, to read alone',
        'T47 emergencies are reviewed by another, and whoever abuses them opens no more',
      ),
      ...proof('e2e/sessions.e2e.test.ts', 'T47 a right that is taken away is gone with the next request'),
      ...proof(
        'contract/role-matrix.test.ts',
        'is refused to nobody in particular (401), but for the public ones',
        'with what its permission says: 403 first, naming what is missing, or past the guard',
      ),
    ],
  },
  {
    id: 'T48',
    name: 'Sessions fixed, rotated, ended',
    procedure:
      'A cookie planted before the sign-in; tokens after signing in, confirming, another password, signing out; idle and absolute ends; the list of sessions.',
    expected: 'The old token is refused at once.',
    proofs: [
      ...proof(
        'e2e/sessions.e2e.test.ts',
        'T48 a page gets another token at sign-in, at a confirmation and with another password; the one before is dead at once',
        'T48 lists where one is signed in, and ends one, or all others',
      ),
      ...proof(
        'e2e/auth.e2e.test.ts',
        'never adopts a session cookie that was set before the sign-in',
        'makes the cookie Secure when the request came by https',
        'ends a session after 30 idle minutes and after 12 hours',
      ),
    ],
    note: 'A bearer token is not rotated: no page can plant one.',
  },
  {
    id: 'T49',
    name: 'A disabled user with open sessions',
    procedure: 'Three sessions of one user; he is disabled; each asks at two servers of one database.',
    expected: 'All refused with the next request, none left in the database.',
    proofs: proof(
      'e2e/sessions.e2e.test.ts',
      'T49 three sessions of a user who is disabled end at once, at another server of the same database too',
    ),
  },
  {
    id: 'T50',
    name: 'Guessing of passwords',
    procedure:
      'One name and many passwords, many names and one password, other addresses in headers, a restart between, known and unknown names.',
    expected:
      'Counted in the database, a hundred in a row at the most; the user gets in from a device he is known by; nothing tells a name that exists.',
    proofs: [
      ...proof(
        'e2e/sign-in-attack.e2e.test.ts',
        'T50 does not shut out who comes from a device he signed in with before; his own guesses there are counted',
        'T50 with another password no device is known any more',
        'T50 counts many names and one password by the address, whatever address a header speaks of, and past a restart',
        'T50 ends after a hundred failures in a row, however long it waits between them, until an administrator helps',
        'T50 tells an unknown name from a known one neither by what it says nor by the work it does',
      ),
      ...proof(
        'e2e/login-throttle.e2e.test.ts',
        'refuses after ten failures with the time to wait, the right password too, and outlives a restart',
        'holds for a user name that does not exist, and does not tell it apart',
      ),
    ],
    note: 'Times are not compared, since they depend on the machine: what is shown is that a name nobody has costs the same verification of a password.',
  },
  {
    id: 'T51',
    name: 'Requests of other sites',
    procedure: 'Every write with the cookie alone and a foreign or missing origin; types a form can send.',
    expected: '403 or 415 before anything is done.',
    proofs: [
      ...proof(
        'faults/abuse-requests.test.ts',
        'T51 every write with the cookie alone is refused to a page of another site, before anything is done',
        'T51 a page of another origin gets no leave to call, whatever it asks for',
      ),
      ...proof(
        'e2e/auth.e2e.test.ts',
        'are refused when they write with the cookie, and admitted from our own pages',
      ),
    ],
  },
  {
    id: 'T52',
    name: 'One-time passwords used twice',
    procedure:
      'One code six times at once, the one before, one of an hour later; recovery codes; copied keys.',
    expected: 'Once.',
    proofs: [
      ...proof(
        'e2e/second-factors.e2e.test.ts',
        'T52 a code of an app is taken once, also when it is sent many times at once, and no older one after it',
        'T52 a recovery code is good once, however it is written, and a new set ends the old one',
        'a security key signs in after the password, once for each question, and a copy of it does not',
      ),
      ...beside(
        'operational/auth/mfa/totp.test.ts',
        'tells by a step early or late how far the clock of its phone is off, and by no other',
      ),
    ],
  },
  {
    id: 'T53',
    name: 'Passwords of every kind',
    procedure:
      'Lengths about every limit, spaces, Arabic, composed and decomposed, common ones, names of user, branch and program.',
    expected: 'By the written policy.',
    proofs: [
      ...proof(
        'e2e/passwords.e2e.test.ts',
        'T53 is the same whatever composed it, and may be neither the user name nor that of the branch',
        'T53 a one-time password opens the own account alone until it is changed, and not for ever',
      ),
      ...beside(
        'operational/auth/password.domain.test.ts',
        'is compared with more than ten thousand that are guessed first',
        'may be shorter where there is a second factor',
      ),
      ...proof('browser/access.browser.test.ts', 'hides passwords, and takes them from the clipboard'),
    ],
  },
  {
    id: 'T54',
    name: 'Tampering with the audit trail',
    procedure:
      'By the server’s login and the owner of the tables; by a superuser who edits, deletes, puts in, swaps, cuts off the end, seals anew; with and without anchors; kill -9 of the sealer.',
    expected: 'Refused, or found with the row named.',
    proofs: [
      ...beside('operational/audit-seals/tampering.db.test.ts', 'tamperings of ten kinds'),
      ...beside(
        'operational/audit-seals/anchors-and-exports.db.test.ts',
        'that were changed, left out or forged are told',
        'tell of an end that was cut off with its seals, until a restore is noted',
      ),
      ...beside(
        'operational/audit-seals/sealer.db.test.ts',
        'refuse to be changed, forked or left out by anybody, the owner included',
      ),
      ...proof('contract/database-roles.test.ts', 'cannot be changed or emptied, not even by its owner'),
      ...proof('crash/audit-seals.crash.test.ts', 'leaves a chain without gap or double'),
    ],
    note: 'A superuser who cuts off the trail, its seals and the end of the file of anchors is found by the head that Z reports print, not by the program.',
  },
  {
    id: 'T55',
    name: 'What the login of the server may not',
    procedure:
      'Statements of its own as that role: schemas, reference, catalogues of passwords, other roles, programs, rows of other branches; every table by every role and verb.',
    expected: 'Refused by the database.',
    proofs: [
      ...proof(
        'contract/database-roles.test.ts',
        'reads reference and cannot write it',
        'is refused:',
        'sees no row of a branch that is not in its transaction, and cannot write or move one there',
      ),
      ...proof('contract/generated.test.ts', 'docs/generated/table-rights.md, as PostgreSQL allows it'),
      ...proof(
        'contract/row-security.test.ts',
        'is forced on every table of `operational` that is not on the list, and on none that is',
        'opens for maintenance only to who became the owner: nobody pretends it',
      ),
      ...proof('contract/database-functions.test.ts', 'may be called by nobody who was not given them'),
    ],
  },
  {
    id: 'T56',
    name: 'Headers, TLS, caches',
    procedure:
      'Every reading route; TLS of every version and suite; certificates renewed; plain HTTP beside.',
    expected: 'As written down.',
    proofs: [
      ...proof(
        'faults/abuse-requests.test.ts',
        'T56 every answer of every reading route carries its headers and type, changes nothing, and is no script',
        'T56 no answer tells a version of what runs behind, and what is no page of ours is not there',
      ),
      ...proof(
        'faults/abuse-transport.test.ts',
        'T56 TLS 1.3 is spoken first, 1.2 with forward secrecy, nothing older and nothing weaker',
        'T56 a client that does not know the certificate gets no answer, nor does one that speaks no TLS',
        'T56 every answer over TLS tells the browser to come by TLS for a year',
        'T56 a renewed certificate is shown without a restart; what is not usable is not',
        'T56 sends pages to the same host by HTTPS and to no other',
      ),
      ...proof(
        'e2e/operations.e2e.test.ts',
        'tells its figures on a port of its own, by route and status, and nothing else there',
      ),
    ],
  },
  {
    id: 'T57',
    name: 'Secrets and patients in logs',
    procedure:
      'A mark in every field of every command and search, with line breaks that would forge a line; then logs, errors, figures and addresses are read.',
    expected: 'None, and every line is one JSON object.',
    proofs: [
      ...proof(
        'e2e/log-privacy.e2e.test.ts',
        'went to every command and search, some of them all the way, and no failure came of it',
        'is in no line of the log, each of which is one JSON object',
        'is in no answer to somebody else, no figure, no job, no statement, no word on health',
        'is not in the log of the database, whatever was refused there',
      ),
      ...beside(
        'platform/log/error-fields.test.ts',
        'of a statement has its name, code and place in the schema',
      ),
    ],
  },
  {
    id: 'T58',
    name: 'Walking through patients',
    procedure: 'One user reads records by number, another turns the pages of the list, as fast as they can.',
    expected: 'Told in the log, then stopped with 429; nobody else is.',
    proofs: [
      ...proof(
        'faults/abuse-requests.test.ts',
        'T58 who walks the records of patients is told of, then stopped, and nobody else is',
      ),
      ...beside(
        'platform/security/reading-pace.domain.test.ts',
        'is told of twice and stopped at last, for one user alone, until the window ends',
      ),
    ],
  },
  {
    id: 'T59',
    name: 'A fresh installation',
    procedure:
      'Usual names with usual passwords; the link of the first start used three times at once, late and made up; settings of a production with sample data.',
    expected: 'No password anybody knows; a link sets one once; no production on sample data.',
    proofs: [
      ...proof(
        'e2e/passwords.e2e.test.ts',
        'T59 there is no default password, and a database of sample patients is none to work with',
        'T59 the link of a new installation sets a password once, however often it is used at once',
        'T59 whoever has the machine lets somebody in again who lost everything',
      ),
      ...beside(
        'operational/auth/administrator.db.test.ts',
        'makes one administrator, however many processes start at once',
      ),
    ],
  },
  {
    id: 'T60',
    name: 'Migrations up, down, killed, twice at once',
    procedure:
      'All up, down and up; down over rows; four runners at once; cut off inside of the migrations, by the end of the connection and by kill -9 of a first start; the ledger and older rows taken over; a program that sells beside a newer schema.',
    expected: 'One runner, the same schema, no row lost.',
    proofs: [
      ...proof(
        'contract/migrations.test.ts',
        'go up, down and up again on an empty database to the same schema',
        'refuse to go down over rows unless told to, and come up again to the same schema',
        'run once when four processes start at the same time',
      ),
      ...proof(
        'contract/ledger-migration.test.ts',
        'is in months, in one, in months and in one again, the same each time',
      ),
      ...proof(
        'contract/upgrade-dispensing.test.ts',
        'knows what was owed and since when it waits, and leaves pharmacists their signature',
      ),
      ...proof(
        'contract/upgrade-shifts.test.ts',
        'have Z reports in the order they were closed, and supervisors keep the sight of their tills',
      ),
      ...proof(
        'e2e/operations.e2e.test.ts',
        'is not ready where the schema is behind, does less where it is ahead, and says which',
      ),
      ...proof(
        'faults/migrations.test.ts',
        'that are cut off leave nothing of themselves, and the next start goes on',
        'of a first start that is killed: the next one makes the same installation',
        'sells on, and says that it is to be updated',
      ),
      ...proof('crash/recovery.crash.test.ts', 'upgrades only with a proven backup, which it makes itself'),
    ],
    note: 'In part. Each migration is one transaction; `npm test` cuts off one in twelve, `--long` each. The newer schema is one that adds columns and a table. Not shown: a million movements, and how long a lock is held.',
  },
];

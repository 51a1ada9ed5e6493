import { beside, proof, type FaultTest } from './fault-test.types.js';

/** A. Crash, disk, recovery. */
export const CRASH: readonly FaultTest[] = [
  {
    id: 'T01',
    name: 'The server is killed in the middle of a sale',
    procedure:
      'Sixteen tills sell, fill, receive and correct; kill -9 of the server process, start, again. A fill besides, killed with each of its statements just sent.',
    expected:
      'What was acknowledged is there once; no half; the same key gives the same answer. Served again within 5 s.',
    proofs: [
      ...proof('faults/kills.test.ts', 'nothing lost, nothing twice, no half'),
      ...proof('crash/kill.crash.test.ts', 'loses nothing acknowledged and leaves no half'),
      ...proof('crash/fill.crash.test.ts', 'with each of its messages just sent, leaves all or nothing'),
    ],
  },
  {
    id: 'T02',
    name: 'PostgreSQL is killed under the same load',
    procedure: 'kill -9 of the postmaster while the tills work; the server runs on.',
    expected:
      '503 as a problem with Retry-After meanwhile, no end of the server process, served again within 10 s.',
    proofs: [
      ...proof('faults/kills.test.ts', 'nothing lost, nothing twice, no half'),
      ...proof('crash/kill.crash.test.ts', 'loses nothing acknowledged and leaves no half'),
    ],
  },
  {
    id: 'T03',
    name: 'One backend is killed inside a transaction',
    procedure: 'kill -9 of a backend of the server: PostgreSQL ends all others (57P02) and recovers.',
    expected: 'One burst of 503, the pool heals, the server process lives.',
    proofs: proof('faults/kills.test.ts', 'nothing lost, nothing twice, no half'),
  },
  {
    id: 'T04',
    name: 'SIGTERM with requests in flight',
    procedure: 'SIGTERM with fifty commands half sent, a live board open and connections kept.',
    expected: 'Readiness goes first, requests finish, exit code 0 within 15 s, no answer is cut.',
    proofs: [
      ...proof(
        'e2e/shutdown.e2e.test.ts',
        'answers fifty commands under way, ends streams and kept connections, and is gone with 0',
      ),
      ...proof('crash/kill.crash.test.ts', 'ends in good order on SIGTERM'),
    ],
  },
  {
    id: 'T05',
    name: 'An immediate stop leaves sound pages',
    procedure: 'After all the kills, the signal of pg_ctl stop -m immediate; then every page is read.',
    expected: 'No bad checksum, no damaged row, no index that disagrees with its table.',
    proofs: proof('faults/kills.test.ts', 'every page it left on the disk is sound'),
    note: 'pg_checksums and the program pg_amcheck are not in the embedded package. The extension amcheck is: verify_heapam reads every page of every table, with its checksum, and bt_index_check and gin_index_check every page of those indexes.',
  },
  {
    id: 'T06',
    name: 'The disk of the data is full',
    procedure:
      'The whole folder of the data on a small disk, filled while tills work; a file system of 8 MB under one table; and the guard below its limit.',
    expected: 'Writes are refused with a plain message, reads go on, and it recovers without a restart.',
    proofs: [
      ...proof(
        'faults/full-disk.test.ts',
        'with the whole folder of the data: refused as 507, read from, and over without a restart',
      ),
      ...proof(
        'e2e/disk-full.e2e.test.ts',
        'is told as 507 while reading goes on, and is over when there is space',
      ),
      ...proof(
        'e2e/operations.e2e.test.ts',
        'takes no changes while the disk is nearly full, reads, lets people sign in, and goes on by itself',
      ),
    ],
    note: 'Mounting a small disk needs root on Linux: elsewhere the first two are skipped and say so. The log of PostgreSQL is on a disk of its own there: where it shares the full one, PostgreSQL stops in the end (T07).',
  },
  {
    id: 'T07',
    name: 'The disk of the log is full',
    procedure:
      'The write-ahead log on a small disk, filled while tills work until PostgreSQL stops by itself; space is made. The guard finds that volume nearly full, or filling up.',
    expected: '503; after space and a restart all invariants hold; a warning at 85 %.',
    proofs: [
      ...proof(
        'faults/full-disk.test.ts',
        'with the log of PostgreSQL: it stops, nothing is lost, and it goes on when there is space',
      ),
      ...beside(
        'platform/storage/storage.domain.test.ts',
        'names the one that is, among several',
        'from 85 of a hundred in use on',
      ),
      ...proof(
        'e2e/operations.e2e.test.ts',
        'takes no changes while the disk is nearly full, reads, lets people sign in, and goes on by itself',
        'says in health and figures that the disk fills up, and goes on writing',
      ),
    ],
    note: 'The server starts the embedded PostgreSQL again by itself. Mounting a small disk needs root on Linux: elsewhere the first is skipped and says so.',
  },
  {
    id: 'T08',
    name: 'A job is killed',
    procedure:
      'The nightly sums of sales and imports of catalogue, rules and records, cut off in the middle by kill -9 of their process and of PostgreSQL.',
    expected: 'The job goes on or is undone whole; nothing is done twice.',
    proofs: [
      ...proof('faults/jobs.test.ts', 'survive kill -9 of the server and of PostgreSQL in the middle'),
      ...proof(
        'crash/import.crash.test.ts',
        'of the importing process leaves the old catalogue whole',
        'of PostgreSQL leaves the old catalogue whole',
      ),
      ...proof('crash/fhir-import.crash.test.ts', 'leaves nobody on record in part'),
    ],
    note: 'Proposals for orders are worked out when they are asked for: there is no job that writes them.',
  },
  {
    id: 'T09',
    name: 'Backup under load, restored elsewhere',
    procedure:
      'A backup beside tills that sell; the PC dies; restored elsewhere to a second and to the end, started; a backup killed in the middle.',
    expected: 'The copy keeps all invariants; the time is told.',
    proofs: proof(
      'crash/recovery.crash.test.ts',
      'backs up beside sales, to the row',
      'leaves nothing that looks whole when it is killed, and goes on after it',
      'restores any second in the place of what is there, and all there is elsewhere, after the PC died',
      'refuses what is broken, and says what',
    ),
    note: 'The copy is asked by the fourteen invariants and by the product’s own check, and every lot is compared with what was acknowledged. 15 minutes for a million sales are not tried here.',
  },
  {
    id: 'T10',
    name: 'A replica that lags',
    procedure:
      'A standby that follows by streaming, five seconds behind; killed; and the primary killed under load, the standby promoted.',
    expected:
      'Nothing that decides is read from it; reports tell their age; who wrote sees what he wrote. After a failover nothing acknowledged is missing.',
    proofs: [
      ...proof(
        'faults/t10-replica.test.ts',
        'answers what may be late, says as of when, and has what its reader wrote a moment before',
        'shows who wrote what he wrote, at another process by what the answer told him, and the rest their age',
        'reads no stock, refill, allergy or right from it',
        'that is killed is done without, told by health and figures, and used again when it is back',
      ),
      ...proof('contract/late-reads.test.ts', 'are those of the list', 'are none of what decides'),
      ...proof(
        'crash/failover.crash.test.ts',
        'nothing acknowledged is lost, each key happens once, and tills sell again',
        'and comes back gets no write, and no server that starts',
      ),
    ],
  },
  {
    id: 'T11',
    name: 'Clocks and time zones of the server',
    procedure: 'Server and database ten minutes apart; the server in three zones, on both sides of the shop.',
    expected:
      'Business time is that of the database; more than five minutes apart is told; the zone of the server changes nothing.',
    proofs: [
      ...proof(
        'e2e/operations.e2e.test.ts',
        'warns when its clock parts from that of the database by more than five minutes',
      ),
      ...proof(
        'faults/days.test.ts',
        'turn at midnight of the branch, by the clock of the database',
        'are those of the branch, whatever the zone of the server',
      ),
    ],
  },
  {
    id: 'T12',
    name: 'A line that delays and loses answers',
    procedure:
      'A TCP proxy between tills and server: every answer comes 2 s late, every 50th is thrown away with its connection after the server had committed (in `npm test`: 100 ms and every tenth).',
    expected: 'Asked again with its key, each command has one effect.',
    proofs: proof('faults/waits.test.ts', 'for answers that come late or never, after they were committed'),
  },
];

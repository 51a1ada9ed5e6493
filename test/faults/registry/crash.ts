import { proof, type FaultTest } from './fault-test.types.js';

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
    procedure: 'SIGTERM with 50 requests in flight.',
    expected: 'Readiness goes first, requests finish, exit code 0 within 15 s, no answer is cut.',
    proofs: proof('crash/kill.crash.test.ts', 'ends in good order on SIGTERM'),
    note: 'Shown so far: the exit code and the time after work. Requests in flight and the order of readiness are in work.',
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
    procedure: 'A small file system, filled.',
    expected: 'Writes are refused with a plain message, reads go on, and it recovers without a restart.',
    proofs: [],
    note: 'In work.',
  },
  {
    id: 'T07',
    name: 'The disk of the log is full',
    procedure: 'The volume of the write-ahead log, filled.',
    expected: '503; after space and a restart all invariants hold; a warning at 85 %.',
    proofs: [],
    note: 'In work.',
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
    procedure: 'Backup while tills work, restore into a new cluster, start.',
    expected: 'The copy keeps all invariants; the time is told.',
    proofs: [],
    note: 'In work.',
  },
  {
    id: 'T10',
    name: 'A replica that lags',
    procedure: 'A replica five seconds behind.',
    expected: 'Nothing that decides is read from it; reports tell their age.',
    proofs: [],
    note: 'Not possible here: the server has one database and sends no read to a replica, so there is no lagging side to read from. Comes with replicas.',
  },
  {
    id: 'T11',
    name: 'Clocks and time zones of the server',
    procedure: 'Server and database ten minutes apart; the server in three zones.',
    expected:
      'Business time is that of the database; more than five minutes apart is told; the zone of the server changes nothing.',
    proofs: [],
    note: 'In work.',
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

// Processor time, which tells the cost of a command where the clock tells the load of the machine. Linux alone keeps it in /proc.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The kernel counts in hundredths of a second, on every architecture it shows them to programs. */
const MS_PER_TICK = 10;

/** Fields of /proc/PID/stat behind the name of the program, which may hold spaces: parent, own time, time of children that ended. */
function statOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [user, system, userOfEnded, systemOfEnded] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: user + system, ended: userOfEnded + systemOfEnded };
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined; // ended since it was listed
    throw error;
  }
}

/** Milliseconds of a process and of its children, those that ended included; undefined where the system does not tell. */
export function processorOf(pid) {
  const root = existsSync('/proc/self/stat') ? statOf(pid) : undefined;
  if (!root) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === pid);
  return (root.own + root.ended + children.reduce((sum, child) => sum + child.own, 0)) * MS_PER_TICK;
}

/** The first process of the PostgreSQL of an installation. */
export const clusterPid = (home) =>
  Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Memory of a process and of its children in MB, what they share counted once; undefined where the system does not tell. */
export function memoryOf(pid) {
  if (!existsSync('/proc/self/smaps_rollup')) return undefined;
  const pids = [
    pid,
    ...readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === pid),
  ];
  const kilobytes = pids.map(shareOf);
  return Math.round(kilobytes.reduce((sum, one) => sum + one, 0) / 1024);
}

/** A process's share of memory in kB: what it has with others is divided among them. */
function shareOf(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0; // ended since it was listed
    throw error;
  }
}

/** Watches the server and the PostgreSQL of an installation: what both spent since the last look, in milliseconds. */
export function watchProcessor(home, serverPid) {
  if (!existsSync('/proc/self/stat') || !existsSync(join(home, 'postgres', 'postmaster.pid')))
    return () => undefined;
  const postgresPid = clusterPid(home);
  const look = () => ({ server: processorOf(serverPid), postgres: processorOf(postgresPid) });
  let before = look();
  return () => {
    const now = look();
    const spent = { server: now.server - before.server, postgres: now.postgres - before.postgres };
    before = now;
    return spent;
  };
}

/** What each of so many cost, of what was spent on all. */
export const eachOf = (spent, count) =>
  spent && {
    server: Math.round((100 * spent.server) / count) / 100,
    postgres: Math.round((100 * spent.postgres) / count) / 100,
  };

import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packageRoot } from '../../src/platform/package-root.js';

export const ADMIN_PASSWORD = 'seven green bottles on the wall';

/** A free TCP port of the loopback interface. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The built product as users run it: its own process, its own embedded database, its own folder. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  output = '';

  private constructor(
    readonly home: string,
    readonly port: number,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async create(environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const home = await mkdtemp(join(tmpdir(), 'meditory-server-'));
    await chmod(home, 0o755); // PostgreSQL may run as another user
    return new ServerProcess(home, await freePort(), environment);
  }

  get address(): string {
    return `${this.speaksTls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** The process while it lives; one that a signal ended has no exit code. */
  private get running(): ChildProcess | undefined {
    const { child } = this;
    return child?.exitCode === null && child.signalCode === null ? child : undefined;
  }

  private get speaksTls(): boolean {
    return this.environment['MEDITORY_TLS_CERT'] !== undefined;
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      MEDITORY_HOME: this.home,
      PORT: String(this.port),
      MEDITORY_ADMIN_PASSWORD: ADMIN_PASSWORD,
      LOG_LEVEL: 'warn',
      ...this.environment,
    };
  }

  /** Starts the server and waits until it is ready; throws with its output when it ends first. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'main.js'), 'start'], {
      env: this.env,
    });
    this.child = child;
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    await this.ready();
  }

  /** Waits until the server that was started answers with its database; throws with its output when it ends first. */
  async ready(): Promise<void> {
    for (let attempt = 0; attempt < 2400; attempt++) {
      if (!this.running) throw new Error(`the server ended: ${this.output}`);
      if (await this.isReady()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server did not become ready: ${this.output}`);
  }

  private isReady(): Promise<boolean> {
    return new Promise((resolve) => {
      const { get } = this.speaksTls ? https : http;
      // Whose certificate it is, is the matter of the test that made it.
      const options = { rejectUnauthorized: false, agent: false };
      const asked = get(`${this.address}/api/health/ready`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      asked.once('error', () => resolve(false));
    });
  }

  /** Memory the server process holds, and the most it held since this was asked before, bytes; Linux tells it. */
  async memory(): Promise<{ now: number; most: number }> {
    const folder = `/proc/${this.child?.pid ?? 0}`;
    const status = await readFile(join(folder, 'status'), 'utf8');
    await writeFile(join(folder, 'clear_refs'), '5');
    const of = (name: string): number =>
      Number(new RegExp(String.raw`^${name}:\s+(\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    return { now: of('VmRSS'), most: of('VmHWM') };
  }

  /** The server process; throws where none was started. */
  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('no server was started');
    return this.child.pid;
  }

  /** Sends a signal to the server process. */
  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** kill -9 of the server process. */
  async kill(): Promise<void> {
    const child = this.running;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** kill -9 of the PostgreSQL postmaster; where it is down already there is nobody to kill. */
  async killDatabase(): Promise<void> {
    try {
      const pidFile = await readFile(join(this.home, 'postgres', 'postmaster.pid'), 'utf8');
      process.kill(Number.parseInt(pidFile, 10), 'SIGKILL');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'ESRCH' && code !== 'ENOENT') throw error;
    }
  }

  /** Ends the server in good order (it stops its database); answers the exit code. */
  async stop(): Promise<number | null> {
    const child = this.running;
    if (!child) return this.child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  }

  /** Runs a command of the command line against this installation. */
  command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    return this.commandWith({}, ...args);
  }

  /** The same with settings of its own. */
  async commandWith(
    settings: NodeJS.ProcessEnv,
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'main.js'), ...args], {
      env: { ...this.env, ...settings },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stdout, stderr };
  }

  /** Stops everything and removes the folder. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

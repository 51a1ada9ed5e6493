import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { Injectable, Logger } from '@nestjs/common';

import { BackupSettings } from '../../platform/database/recovery/backup-settings.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { packageRoot } from '../../platform/package-root.js';
import { systemContext, type RequestContext } from '../../platform/security/request-context.js';
import { isDue, nextTime, type Due } from './backup-status.domain.js';
import { BackupInProgress, BackupsNotSetUp } from './backups.errors.js';
import { BackupsRepository } from './backups.repository.js';
import type { Backups } from './backups.schemas.js';
import type { BackupStatus } from './backups.types.js';
import { archiveFactsOf, factsOf, readBackups, statusOf, viewOf, type FoundBackups } from './read-backups.js';

/** A folder may hold more than anybody looks at. */
const MOST_SHOWN = 100;
/** Of what a backup says when it fails, the end is kept. */
const MOST_WORDS = 4000;

const NOTHING: FoundBackups = { backups: [], head: undefined, archiveBytes: undefined, failure: undefined };

/** Backups as the server sees them. They are made by a process of their own, so that the till does not wait for them. */
@Injectable()
export class BackupsService {
  private readonly logger = new Logger('backups');
  private isMaking = false;
  private failedAt: Date | undefined;

  constructor(
    private readonly settings: BackupSettings,
    private readonly uow: UnitOfWork,
    private readonly backups: BackupsRepository,
  ) {}

  private async found(): Promise<FoundBackups> {
    const { directory, keyFile } = this.settings.config;
    return directory === undefined ? NOTHING : readBackups(directory, keyFile);
  }

  async list(ctx: RequestContext): Promise<Backups> {
    const { directory, hour, keep } = this.settings.config;
    const [found, isRunning] = await Promise.all([
      this.found(),
      this.uow.read(ctx, (tx) => this.backups.isRunning(tx)),
    ]);
    const status = statusOf(directory, found, new Date());
    const { lastBackup: _last, lastProven: _proven, ...figures } = status;
    return {
      ...figures,
      isRunning,
      hour,
      keep,
      nextAt: directory === undefined ? null : nextTime(this.dueOf(found)).toISOString(),
      data: found.backups.slice(0, MOST_SHOWN).map((backup) => ({
        ...viewOf(backup),
        faults: [...viewOf(backup).faults],
      })),
    };
  }

  status(): Promise<BackupStatus> {
    return this.found().then((found) => statusOf(this.settings.config.directory, found, new Date()));
  }

  /** Begins a backup; it goes on when this has answered. */
  async start(ctx: RequestContext): Promise<void> {
    if (this.settings.config.directory === undefined) throw new BackupsNotSetUp();
    const isRunning = await this.uow.run(ctx, async (tx) => {
      const running = await this.backups.isRunning(tx);
      if (!running) await this.backups.logStart(tx, ctx.branchId);
      return running;
    });
    if (isRunning || this.isMaking) throw new BackupInProgress();
    this.make();
  }

  /** Begins a backup where one is due; answers whether it did. */
  async startDue(): Promise<boolean> {
    if (this.settings.config.directory === undefined || this.isMaking) return false;
    if (!isDue(this.dueOf(await this.found()))) return false;
    if (await this.uow.read(systemContext(), (tx) => this.backups.isRunning(tx))) return false;
    this.make();
    return true;
  }

  private dueOf({ backups, head, failure }: FoundBackups): Due {
    return {
      hour: this.settings.config.hour,
      now: new Date(),
      backups: factsOf(backups),
      archive: archiveFactsOf(head),
      failedAt: failure ? new Date(failure.at) : this.failedAt,
    };
  }

  /** Runs `backup` of the command line. A server that ends does not wait for it, nor end it; what it says of a failure is told in the log. */
  private make(): void {
    this.isMaking = true;
    const main = join(packageRoot(), 'dist', 'main.js');
    const child = spawn(process.execPath, [main, 'backup', '--json'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-MOST_WORDS)));
    const end = (isMade: boolean): void => {
      this.isMaking = false;
      this.failedAt = isMade ? undefined : new Date();
      if (isMade) this.logger.log('A backup was made and proved.');
      else this.logger.error(`The backup failed. ${words.trim()}`);
    };
    child.once('error', (error) => {
      words = error.message;
      end(false);
    });
    child.once('exit', (code) => end(code === 0));
  }
}

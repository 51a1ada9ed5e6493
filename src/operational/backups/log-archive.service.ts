import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { ensureBackupKey } from '../../platform/database/recovery/backup-key.js';
import { BackupSettings } from '../../platform/database/recovery/backup-settings.js';
import { WalArchiver, endArchive } from '../../platform/database/recovery/wal-archiver.js';

/** Archives the log of the embedded database beside its backups, as long as the server runs. */
@Injectable()
export class LogArchiveService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('backups');
  private archiver: WalArchiver | undefined;

  constructor(
    private readonly settings: BackupSettings,
    private readonly http: HttpAdapterHost,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { cluster, config } = this.settings;
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if (cluster === undefined || ((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    if (config.directory === undefined) return endArchive(cluster());
    const { key } = await ensureBackupKey(config.keyFile);
    this.archiver = new WalArchiver(cluster, config.directory, key, (line) => this.logger.warn(line));
    this.archiver.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.archiver?.stop();
  }
}

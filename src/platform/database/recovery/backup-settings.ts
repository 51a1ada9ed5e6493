import type { BackupConfig, DatabaseServer } from '../../config/config.js';

/** How backups of this installation are made, for those who make them in a server. */
export class BackupSettings {
  constructor(
    readonly config: BackupConfig,
    /** The embedded cluster as its superuser; undefined: a server of one's own. */
    readonly cluster: (() => DatabaseServer) | undefined,
  ) {}
}

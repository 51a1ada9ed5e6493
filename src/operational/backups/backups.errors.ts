import { DomainError } from '../../platform/errors/domain-error.js';

/** 409: one is being made. */
export class BackupInProgress extends DomainError {
  readonly code = 'backup-in-progress';
  readonly status = 409;
  readonly title = 'A backup is being made';
  constructor() {
    super('A backup is being made already. Look again when it is over.');
  }
}

/** 409: nobody said where backups go. */
export class BackupsNotSetUp extends DomainError {
  readonly code = 'backups-not-set-up';
  readonly status = 409;
  readonly title = 'No place for backups';
  constructor() {
    super('Set MEDITORY_BACKUP_DIR to a folder on another disk and start the server again.');
  }
}

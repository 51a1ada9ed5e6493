/** A backup that cannot be used: cut, changed, incomplete, or of another key. The message is for the person who restores. */
export class BackupBroken extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupBroken';
  }
}

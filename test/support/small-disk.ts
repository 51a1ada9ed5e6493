import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file system of its own that is soon full, in the place of a folder. Linux lets root make one, and nobody else. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Whether one can be made here; says loudly on standard error that tests are skipped where not. */
  static isPossible(scratch: string): boolean {
    try {
      if (process.platform !== 'linux') throw new Error('not Linux');
      mount(scratch, 1024 * 1024);
      execFileSync('umount', [scratch]);
      return true;
    } catch {
      process.stderr.write('SKIPPED: a disk that is really full. Mounting one needs root on Linux.\n');
      return false;
    }
  }

  /** Moves a folder, which nobody may use meanwhile, to a disk of so many bytes beyond what it holds. */
  static async holding(folder: string, spareBytes: number): Promise<SmallDisk> {
    const aside = `${folder}-aside`;
    await rename(folder, aside);
    const held = Number(execFileSync('du', ['-sk', aside], { encoding: 'utf8' }).split('\t')[0]) * 1024;
    await mkdir(folder);
    mount(folder, held + spareBytes);
    execFileSync('cp', ['-a', '-T', aside, folder]);
    execFileSync('chown', ['--reference', aside, folder]);
    await rm(aside, { recursive: true });
    return new SmallDisk(folder);
  }

  /** Leaves not a byte free. */
  async fill(): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    await writeFile(this.ballast, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
  }

  async free(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.folder]);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function mount(folder: string, bytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', folder], { stdio: 'pipe' });
}

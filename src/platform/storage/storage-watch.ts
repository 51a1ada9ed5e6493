import { statfs } from 'node:fs/promises';

import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';

import type { PartFinding } from '../health/health-notes.js';
import {
  isFilling,
  megabytes,
  nearlyFull,
  neededBytes,
  type StorageLimits,
  type Volume,
} from './storage.domain.js';

/** Folders of the database on this machine by what they hold, and how much must stay free. */
export interface StorageSettings extends StorageLimits {
  readonly folders: Readonly<Record<string, string>>;
}

/** Tells size and free space of the volume a folder is on. */
export type VolumeReader = (folder: string) => Promise<Omit<Volume, 'name'>>;

const EVERY_MS = 2000;

const readVolume: VolumeReader = async (folder) => {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
};

/**
 * Looks every two seconds how much space the database has left. PostgreSQL stops as a whole when the volume of its log is
 * full; before that this server stops writing and goes on reading, and writes again when there is space.
 */
@Injectable()
export class StorageWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('storage');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private seen: readonly Volume[] = [];
  private low: readonly Volume[] = [];
  private filling: readonly Volume[] = [];
  private isBlind = false;

  constructor(
    private readonly settings: StorageSettings | undefined,
    private readonly http: HttpAdapterHost,
    private readonly read: VolumeReader = readVolume,
  ) {}

  /** True while changes are refused. */
  get isLow(): boolean {
    return this.low.length > 0;
  }

  get volumes(): readonly Volume[] {
    return this.seen;
  }

  /** The volumes that fill up. */
  get fillingUp(): readonly Volume[] {
    return this.filling;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings || ((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Looks now; who asks while it is looked shares the answer. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = undefined));
    return this.looking;
  }

  findings(): readonly (PartFinding & { readonly part: string })[] {
    const settings = this.settings;
    if (!settings) return [];
    if (this.isBlind)
      return [{ part: 'storage', state: 'degraded', words: 'Free space of the database cannot be read.' }];
    return this.seen.map((volume) => {
      const part = `storage-${volume.name}`;
      const words = `${megabytes(volume.freeBytes)} free of ${megabytes(volume.sizeBytes)}`;
      const needed = megabytes(neededBytes(volume, settings));
      if (!this.low.some(({ name }) => name === volume.name))
        return this.filling.includes(volume)
          ? { part, state: 'degraded', words: `${words}: it fills up. Below ${needed} nothing is written.` }
          : { part, state: 'ok', words };
      return { part, state: 'degraded', words: `${words}, ${needed} needed: nothing is written until then.` };
    });
  }

  private async lookOnce(): Promise<void> {
    if (!this.settings) return;
    const { folders } = this.settings;
    try {
      const seen = await Promise.all(
        Object.entries(folders).map(async ([name, folder]) => ({ name, ...(await this.read(folder)) })),
      );
      const wasLow = this.isLow;
      this.seen = seen;
      this.low = nearlyFull(seen, this.settings, wasLow);
      this.tellFilling(seen, this.settings);
      this.isBlind = false;
      if (this.isLow && !wasLow)
        this.logger.error('The disk is nearly full: nothing is written until there is space.');
      if (!this.isLow && wasLow) this.logger.warn('The disk has space again: changes are taken.');
    } catch (error) {
      // What cannot be seen does not stop a pharmacy; PostgreSQL refuses by itself when it is full.
      if (!this.isBlind) this.logger.warn(`Free space of the database cannot be read: ${codeOf(error)}`);
      this.isBlind = true;
      this.low = [];
      this.filling = [];
    }
  }

  private tellFilling(seen: readonly Volume[], settings: StorageSettings): void {
    const known = new Set(this.filling.map(({ name }) => name));
    this.filling = seen.filter((volume) => isFilling(volume, settings));
    for (const { name, freeBytes, sizeBytes } of this.filling)
      if (!known.has(name))
        this.logger.warn(
          `The disk fills up (${name}): ${megabytes(freeBytes)} free of ${megabytes(sizeBytes)}. Make space.`,
        );
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

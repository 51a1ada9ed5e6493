import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { NotificationListener } from '../../platform/database/notification-listener.js';
import { OwnConnection } from '../../platform/database/own-connection.js';
import { TemporarilyUnavailable } from '../../platform/errors/domain-error.js';
import { EventStream } from '../../platform/http/event-stream.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { SessionWatch } from '../auth/session-watch.service.js';
import { BoardChanges } from './board-changes.domain.js';
import { TooManyStreams } from './work-board.errors.js';

const LISTEN = 'listen /* workBoard.events */ meditory_board';
/** A board that hears nothing for 10 s says that it is not live. */
const BEAT_MS = 4000;
/** What changes within this time is told at once: one command moves several rows. */
const GATHER_MS = 80;
const MOST_STREAMS = 500;
/** Boards of one user: some windows and a stand-by screen. */
const MOST_STREAMS_OF_USER = 8;
const RETRY_AFTER_SECONDS = 15;

interface Follower {
  readonly sessionId: number;
  readonly userId: number;
  readonly branchId: number;
  readonly stream: EventStream;
}

/**
 * Tells the boards that are open which prescriptions changed, in whatever server process that happened; each reads anew what it may
 * see. A stream ends with its session, its right, its branch, or the server.
 */
@Injectable()
export class BoardEvents implements OnModuleDestroy {
  private readonly logger = new Logger('board');
  private readonly followers = new Set<Follower>();
  private readonly changes = new BoardChanges();
  private listener: NotificationListener | undefined;
  private isListening = false;
  private isStopping = false;
  private beat: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: OwnConnection,
    private readonly sessions: SessionWatch,
  ) {}

  /** Turns the reply into the live stream of the caller's branch. Throws TooManyStreams, TemporarilyUnavailable. */
  follow(ctx: RequestContext, reply: FastifyReply): void {
    if (this.isStopping) throw new TemporarilyUnavailable('The server is stopping.');
    const { sessionId, userId } = ctx.actor;
    const ofUser = [...this.followers].filter((one) => one.userId === userId).length;
    if (this.followers.size >= MOST_STREAMS || ofUser >= MOST_STREAMS_OF_USER)
      throw new TooManyStreams(RETRY_AFTER_SECONDS);
    this.start();
    const follower: Follower = {
      sessionId,
      userId,
      branchId: ctx.branchId,
      stream: new EventStream(reply, () => this.followers.delete(follower)),
    };
    this.followers.add(follower);
    // Whatever it missed since it last heard of us, it has by reading the board now.
    follower.stream.send('refresh', {});
    follower.stream.send('beat', { isLive: this.isListening });
  }

  /** Ends all streams, so that the server can stop: clients come again. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.beat);
    clearTimeout(this.gathering);
    for (const { stream } of this.followers) stream.end();
    await this.listener?.stop();
  }

  /** Listens from the first follower on. */
  private start(): void {
    if (this.listener) return;
    this.listener = new NotificationListener(() => this.connection.inProcess, LISTEN, {
      onListening: () => {
        this.isListening = true;
        this.tellAll('refresh', {});
        this.tellAll('beat', { isLive: true });
      },
      onNotification: (payload) => this.hear(payload),
      onFault: () => {
        this.isListening = false;
        this.tellAll('beat', { isLive: false });
      },
    });
    this.listener.start();
    this.beat = setInterval(() => {
      this.tellAll('beat', { isLive: this.isListening });
      this.letGo().catch((error: unknown) =>
        this.logger.warn(`Sessions of live boards could not be looked at: ${String(error)}`),
      );
    }, BEAT_MS);
    this.beat.unref();
  }

  private hear(payload: string): void {
    const ended = this.changes.hear(payload);
    if (ended !== undefined)
      for (const { sessionId, stream } of this.followers) if (sessionId === ended) stream.end();
    if (this.changes.isEmpty || this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      for (const [branchId, prescriptionIds] of this.changes.take())
        for (const follower of this.followers)
          if (follower.branchId === branchId) follower.stream.send('changed', { prescriptionIds });
    }, GATHER_MS);
  }

  private tellAll(event: string, data: object): void {
    for (const { stream } of this.followers) stream.send(event, data);
  }

  /** Ends the streams of those who may no longer see the board. */
  private async letGo(): Promise<void> {
    const followers = [...this.followers];
    if (followers.length === 0) return;
    const allowed = await this.sessions.stillAllowed(followers, 'ReadPrescription');
    for (const { sessionId, stream } of followers) if (!allowed.has(sessionId)) stream.end();
  }
}

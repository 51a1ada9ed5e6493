import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A figure of this moment. Labels are names the program itself gave (a pool, a job), never ids or what somebody typed. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** A number that only grows; by default one that goes up and down. */
  readonly isCounter?: boolean;
}

/** Tells figures when they are asked for. */
export type FigureSource = () => readonly Figure[] | Promise<readonly Figure[]>;

/** A source that takes longer is left out of the answer. */
const SOURCE_MS = 4000;
/** Seconds; a till's command takes 10 to 50 ms, a search less than one. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What the server measures of itself, in the text format of Prometheus. Each server has a registry of its own. */
@Injectable()
export class Metrics implements OnModuleDestroy {
  private readonly registry = new Registry();
  private readonly sources = new Map<string, FigureSource>();
  private readonly requests = new Histogram({
    name: 'meditory_http_request_duration_seconds',
    help: 'Time to answer requests, by the template of their route.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  /** The one place a part of the program adds figures. Names begin with `meditory_`. */
  add(source: string, tell: FigureSource): void {
    this.sources.set(source, tell);
  }

  /** Figures of the process: memory, processor, lag of the event loop. For who is really asked: they cost a timer. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** An answered request: `route` is the template, so that the number of series is that of routes. */
  observe(method: string, route: string | undefined, status: number, seconds: number): void {
    const labels = {
      method: METHODS.has(method) ? method : 'other',
      route: route?.startsWith('/api/') ? route : route === undefined ? 'none' : 'web',
      status: `${Math.floor(status / 100)}xx`,
    };
    this.requests.observe(labels, seconds);
  }

  /** All figures of this moment. A source that fails is named by `meditory_source_up` and keeps nothing else back. */
  async text(): Promise<string> {
    const told = new Registry();
    const up = new Gauge({
      name: 'meditory_source_up',
      help: 'Whether a part of the server could tell its figures.',
      labelNames: ['source'],
      registers: [told],
    });
    await Promise.all(
      [...this.sources].map(async ([source, tell]) => {
        try {
          for (const figure of await inTime(tell)) write(told, figure);
          up.set({ source }, 1);
        } catch {
          // The failure is the figure: whoever watches is told by it.
          up.set({ source }, 0);
        }
      }),
    );
    return `${await this.registry.metrics()}\n${await told.metrics()}`;
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }
}

async function inTime(tell: FigureSource): Promise<readonly Figure[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), SOURCE_MS);
  });
  try {
    return await Promise.race([tell(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function write(registry: Registry, { name, help, value, labels = {}, isCounter }: Figure): void {
  const known = registry.getSingleMetric(name);
  const settings = { name, help, labelNames: Object.keys(labels), registers: [registry] };
  if (isCounter) ((known as Counter | undefined) ?? new Counter(settings)).inc(labels, value);
  else ((known as Gauge | undefined) ?? new Gauge(settings)).set(labels, value);
}

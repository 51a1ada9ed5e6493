import { SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import pg from 'pg';

import { errorCode } from '../errors/error-code.js';
import { TRACER } from '../tracing/request-spans.js';
import { StatementBatch } from './statement-batch.js';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
type Ended = (error?: unknown) => void;

/** The name a statement carries in the source, `sales.insert`; of one without, what it does, `SELECT`. */
function nameOf(text: string): string {
  return /\/\* ([\w.]+) \*\//.exec(text)?.[1] ?? operationOf(text);
}

const operationOf = (text: string): string => /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? 'QUERY';

/** Texts of what is sent, undefined where it is nothing of ours (a copy, a command of replication). */
function textsOf(query: unknown): readonly string[] | undefined {
  if (query instanceof StatementBatch) return query.texts;
  if (typeof query === 'string') return [query];
  if (typeof query !== 'object' || query === null || 'submit' in query) return undefined;
  return 'text' in query && typeof query.text === 'string' ? [query.text] : undefined;
}

function begin(texts: readonly string[]): Span {
  const names = texts.map(nameOf);
  // What opens and ends a transaction travels with the work, and is not what it is about.
  const main = Math.max(
    0,
    names.findIndex((name) => !name.startsWith('platform.')),
  );
  return trace.getTracer(TRACER).startSpan(names[main] ?? 'QUERY', {
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operationOf(texts[main] ?? ''),
      'db.query.summary': names.join(' '),
      ...(names.length > 1 ? { 'db.operation.batch.size': names.length } : {}),
    },
  });
}

/** Hears of the end of what was sent, however the driver tells it. */
function hearEnd(args: unknown[], send: () => unknown, ended: Ended): unknown {
  const [first] = args;
  if (first instanceof StatementBatch) {
    first.whenAnswered(ended);
    return send();
  }
  const last = args.at(-1);
  if (typeof last === 'function') {
    const tell = last as Ended;
    args[args.length - 1] = (...results: unknown[]) => {
      ended(results[0]);
      Reflect.apply(tell, undefined, results);
    };
    return send();
  }
  const sent = send();
  if (sent instanceof Promise) sent.then(() => ended(), ended);
  else ended();
  return sent;
}

/**
 * A span for each message to PostgreSQL that a request or a job sends, with the names of its statements and never a value: one message is one
 * round trip, and may carry several statements. Answers what ends it.
 */
export function followStatements(): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const texts = trace.getActiveSpan() === undefined ? undefined : textsOf(args[0]);
    if (texts === undefined) return original.apply(this, args);
    const span = begin(texts);
    return hearEnd(
      args,
      () => original.apply(this, args),
      (error) => {
        if (error) {
          span.setAttribute('error.type', errorCode(error));
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    );
  };
  return () => {
    prototype.query = original;
  };
}

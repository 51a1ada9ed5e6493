// Loaded where traces are wanted and nowhere else: the SDK is not small.
import { ExportResultCode, W3CTraceContextPropagator, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';

import { followStatements } from '../database/statement-spans.js';
import type { Logger } from '../log/logger.js';
import { programVersion } from '../package-root.js';

/** What is not sent by then at the end of the server is not sent. */
const LAST_SPANS_MS = 2000;

/** Traces under way to a collector. */
export interface Tracing {
  /** Sends what waits, for two seconds at the most, and follows no more. */
  close(): Promise<void>;
}

/** Says when spans are lost and when they arrive again, once each: the SDK keeps it to itself. */
class ToldExporter implements SpanExporter {
  private isLosing = false;

  constructor(
    private readonly collector: SpanExporter,
    private readonly logger: Logger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.collector.export(spans, (result) => {
      const isLosing = result.code !== ExportResultCode.SUCCESS;
      if (isLosing && !this.isLosing) this.logger.warn('Traces do not reach their collector and are lost.');
      if (!isLosing && this.isLosing) this.logger.warn('Traces reach their collector again.');
      this.isLosing = isLosing;
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.collector.shutdown();
  }
}

/**
 * Follows requests, statements and jobs from now on, and sends their spans by OTLP over HTTP. Where to, how much and how often is said by the
 * variables of OpenTelemetry (OTEL_EXPORTER_OTLP_*, OTEL_BSP_*, OTEL_TRACES_SAMPLER). At most 2,048 spans wait; what is more is dropped.
 */
export function startTracing(service: string, logger: Logger): Tracing {
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': service, 'service.version': programVersion() }),
    ),
    spanProcessors: [new BatchSpanProcessor(new ToldExporter(new OTLPTraceExporter(), logger))],
  });
  // Baggage of callers is not taken over: it may hold anything.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  const letGo = followStatements();
  return {
    close: async () => {
      letGo();
      const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_SPANS_MS).unref());
      await Promise.race([
        provider.shutdown().catch((error: unknown) => logger.warn({ err: error }, 'traces')),
        late,
      ]);
    },
  };
}

// Spans by OpenTelemetry's SDK, sent as OTLP over HTTP to the endpoint that its usual variables name.
import { AsyncLocalStorage } from 'node:async_hooks';
import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, RandomIdGenerator, TracerProvider, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import type { Transport } from '../../src/github/transport.ts';
import { tellOutcome } from '../jobs/outcome.ts';
import type { OpenWork } from '../jobs/open-work.ts';
import { briefly } from '../log.ts';
import type { Log } from '../log.ts';
import { createRedaction, secretsOf } from '../redaction.ts';
import type { Settings } from '../settings.ts';
import { rootOf } from './context.ts';
import type { RootOfTrace } from './context.ts';
import type { Tracing } from './tracing.ts';

/** A collector that is away must not hold up a stop. */
const CLOSE_MS = 2000;

export function openOtlp(settings: Settings, log: Log): Tracing {
  const redact = createRedaction(secretsOf(settings));
  const complain = (message: string): void => log.warn({ err: briefly(message) }, 'traces cannot be sent');
  diag.setLogger({ error: complain, warn: complain, info: () => undefined, debug: () => undefined, verbose: () => undefined }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const ids = createIds();
  const provider = new TracerProvider({
    idGenerator: ids,
    sampler: new TraceIdRatioBasedSampler(settings.traces ?? 0),
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'yardstick' })).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const tracer = provider.getTracer('yardstick');
  const current = new AsyncLocalStorage<Context>();
  const within = async <T>(span: Span, run: () => Promise<T>): Promise<T> => {
    try {
      return await current.run(trace.setSpan(ROOT_CONTEXT, span), run);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: redact(error instanceof Error ? error.message : 'unknown').slice(0, 300) });
      throw error;
    } finally {
      span.end();
    }
  };
  return {
    webhook: ({ delivery, event, status, seconds }) => {
      const now = Date.now();
      const attributes = { 'yardstick.delivery': delivery, 'yardstick.event': event, 'http.response.status_code': status };
      ids.as(rootOf(delivery), () => tracer.startSpan('webhook', { kind: SpanKind.SERVER, startTime: now - seconds * 1000, attributes }, ROOT_CONTEXT)).end(now);
    },
    turn: (job, work, run) => {
      const parent = parentOf(work);
      const delivery = work.deliveries.at(-1) ?? '';
      const about = { 'yardstick.delivery': delivery, 'yardstick.key': job.data.key, 'yardstick.installation': job.data.installation };
      const since = Math.min(...work.triggers.map(({ at }) => Date.parse(at)));
      if (Number.isFinite(since)) tracer.startSpan('queue', { startTime: since, attributes: { ...about, 'yardstick.deliveries': work.deliveries.length } }, parent).end();
      const links = work.deliveries.slice(0, -1).map((each) => ({ context: contextOf(rootOf(each)) }));
      const span = tracer.startSpan('turn', { kind: SpanKind.CONSUMER, attributes: { ...about, 'yardstick.try': job.retryCount + 1 }, links }, parent);
      return within(span, async () => {
        const turn = await run();
        const told = turn.outcomes.map(tellOutcome);
        span.setAttributes({ 'yardstick.what': told.map(({ what }) => what), 'yardstick.verdict': told.flatMap(({ verdict }) => verdict ?? []), 'yardstick.effects': told.flatMap(({ effects }) => effects) });
        return turn;
      });
    },
    over: (transport): Transport => (request) => {
      const span = tracer.startSpan(`${request.method} GitHub`, { kind: SpanKind.CLIENT, attributes: { 'http.request.method': request.method, 'url.path': request.path } }, current.getStore() ?? ROOT_CONTEXT);
      return within(span, async () => {
        const response = await transport(request);
        span.setAttribute('http.response.status_code', response.status);
        if (response.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
        return response;
      });
    },
    close: () => Promise.race([provider.shutdown(), silence(CLOSE_MS)]).catch((error: unknown) => complain(String(error))),
  };
}

function silence(ms: number): Promise<never> {
  return new Promise((_, reject) => void setTimeout(() => reject(new Error(`no answer for ${ms} ms`)), ms).unref());
}

/** The webhook's span, which another thread or process has made. What no webhook asked for has a trace of its own. */
function parentOf({ deliveries }: OpenWork): Context {
  const delivery = deliveries.at(-1);
  return delivery === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(rootOf(delivery)));
}

function contextOf(root: RootOfTrace) {
  return { ...root, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** The SDK asks for a span's ids when it starts one: random ones, but inside `as`. */
function createIds() {
  const random = new RandomIdGenerator();
  let given: RootOfTrace | null = null;
  return {
    as: (root: RootOfTrace, start: () => Span): Span => {
      given = root;
      try {
        return start();
      } finally {
        given = null;
      }
    },
    generateTraceId: (): string => given?.traceId ?? random.generateTraceId(),
    generateSpanId: (): string => given?.spanId ?? random.generateSpanId(),
  };
}

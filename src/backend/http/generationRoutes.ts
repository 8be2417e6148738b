import { stream } from 'hono/streaming';
import { headers as names } from '../../protocol/api.ts';
import { listGenerations, readGeneration } from '../generations/generationList.ts';
import { usageKeys, usageSeries } from '../generations/usageSeries.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { readPage } from './pageCursor.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';

/** Generations, their receipts, stopping them, and what they add up to. */
export function addGenerationRoutes(routes: Routes, deps: RouteDeps): void {
  const read = async (accountId: string, id: string) => {
    const find = () => readGeneration(deps.database.query, accountId, id);
    // One that has just begun is on its way to the disk: whatever the writer answers after it finds it there.
    const findLater = () => deps.writer.submit('viewAccount', { accountId }).then(find);
    const generation = (await find()) ?? (await findLater());
    if (generation === null) throw new HttpRefusal('not_found', 'There is no such generation.');
    return generation;
  };

  routes.get('/v1/generations', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json(await listGenerations(deps.database.query, accountId, readPage(context.req.query())));
  });

  routes.get('/v1/generations/:id', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json(await read(accountId, context.req.param('id')));
  });

  routes.post('/v1/generations/:id/stop', async (context) => {
    const accountId = await accountOf(context, deps);
    const id = context.req.param('id');
    await read(accountId, id);
    await deps.stops.stop(accountId, id);
    return context.json(await read(accountId, id));
  });

  routes.get('/v1/generations/:id/stream', async (context) => {
    const accountId = await accountOf(context, deps);
    const id = context.req.param('id');
    const after = readAfter(context.req.query('after'));
    const answer = await deps.keptAnswers.find(accountId, id);
    if (answer === undefined) {
      throw new HttpRefusal('not_found', 'There is no answer of this generation to resume, or not any more.');
    }
    context.header('content-type', 'text/event-stream');
    context.header('cache-control', 'no-cache');
    context.header(names.generation, id);
    if (context.req.method === 'HEAD') return context.body(null);
    return stream(context, async (out) => {
      const gone = new AbortController();
      out.onAbort(() => {
        gone.abort();
      });
      for await (const event of answer.eventsAfter(after, gone.signal)) await out.write(event);
    });
  });

  routes.get('/v1/usage', async (context) => {
    const accountId = await accountOf(context, deps);
    const query = context.req.query();
    const by = usageKeys.find((key) => key === (query['by'] ?? 'day'));
    if (by === undefined) throw invalid('by', `by must be one of ${usageKeys.join(', ')}.`);
    const timeZone = query['tz'] ?? 'UTC';
    if (!isTimeZone(timeZone)) throw invalid('tz', 'tz must be the IANA name of a time zone.');
    const from = instant('from', query['from']) ?? 0;
    const to = instant('to', query['to']) ?? Number.MAX_SAFE_INTEGER;
    return context.json(await usageSeries(deps.database.query, accountId, { from, to, timeZone, by }));
  });
}

function readAfter(value = '0'): number {
  if (!/^\d{1,9}$/.test(value)) throw invalid('after', 'after must be the number of events received so far.');
  return Number(value);
}

function instant(param: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const parsed = Date.parse(value);
  if (Number.isNaN(parsed)) throw invalid(param, `${param} must be an instant in ISO 8601.`);
  return parsed;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function invalid(param: string, message: string): HttpRefusal {
  return new HttpRefusal('invalid_request', message, { param });
}

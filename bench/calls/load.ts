import { Pool } from 'undici';

/** Puts load on a target and says how it bears it. Times are medians in milliseconds. */
export const load = {
  /** Whole answers a second over many connections at once. */
  async throughput(target: Target, seconds: number): Promise<number> {
    const pool = new Pool(target.origin, { connections: CONNECTIONS });
    const asked = asking(target, { pauseMs: 0, stream: false });
    let answered = 0;
    const started = performance.now();
    const connection = async (): Promise<void> => {
      while (performance.now() < started + seconds * 1000) {
        const answer = await pool.request(asked);
        await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    const rate = (answered * 1000) / (performance.now() - started);
    await pool.close();
    return rate;
  },

  /** To a whole answer, over one connection. */
  wholeAnswer: (target: Target): Promise<number> => oneByOne(target, { stream: false }),

  /** To a stream's first chunk, over one connection. */
  firstChunk: (target: Target): Promise<number> => oneByOne(target, { stream: true }),

  /** To the first chunk of streams that are all opened at once. */
  async firstChunkInCrowd(target: Target): Promise<number> {
    const pool = new Pool(target.origin, { connections: STREAMS });
    const asked = asking(target, { pauseMs: PAUSE_MS, stream: true });
    const times = await Promise.all(Array.from({ length: STREAMS }, () => firstChunkTime(pool, asked)));
    await pool.close();
    return median(times);
  },
};

/** The zero-think service, or a server in front of it. */
export interface Target {
  readonly origin: string;
  readonly key: string;
  readonly path: (pauseMs: number) => string;
  readonly model: (pauseMs: number) => string;
}

/** Between two chunks of the streams of a crowd. */
export const PAUSE_MS = 20;
const CONNECTIONS = 32;
const STREAMS = 200;
const ONE_BY_ONE = 400;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function oneByOne(target: Target, { stream }: { stream: boolean }): Promise<number> {
  const pool = new Pool(target.origin, { connections: 1 });
  const asked = asking(target, { pauseMs: 0, stream });
  const times: number[] = [];
  for (let count = 0; count < ONE_BY_ONE; count += 1) times.push(await firstChunkTime(pool, asked));
  await pool.close();
  return median(times);
}

/** A whole answer comes in one chunk. */
async function firstChunkTime(pool: Pool, asked: ReturnType<typeof asking>): Promise<number> {
  const started = performance.now();
  let first = 0;
  const { body } = await pool.request(asked);
  body.on('data', () => (first ||= performance.now() - started));
  await new Promise((resolve) => body.once('end', resolve));
  return first;
}

function asking(target: Target, { pauseMs, stream }: { pauseMs: number; stream: boolean }) {
  const content = 'Create a users table with columns: name, email, role.';
  const request = { model: target.model(pauseMs), messages: [{ role: 'user', content }], max_tokens: 100 };
  return {
    method: 'POST',
    path: target.path(pauseMs),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}` },
    body: JSON.stringify(stream ? { ...request, stream } : request),
  } as const;
}

import type { OpenAiUpstream, ServiceList } from './openAiUpstream.ts';

/**
 * Finds out whether a service works, as an operator would: is it there, does it take the key, has it the models that
 * the configuration names. One that has no list is asked for one word. With a key that only the editor has, a service
 * that is there is not tested here: that it refuses says nothing of the key.
 */
export async function testUpstream(upstream: OpenAiUpstream, keyIsEditors: boolean): Promise<UpstreamReport> {
  const wanted = (await upstream.models()).map(({ id }) => id);
  const report = (ok: boolean | null, message: string): UpstreamReport => ({
    id: upstream.id,
    ok,
    models: wanted,
    message,
  });
  try {
    const list = await upstream.listed(AbortSignal.timeout(TIMEOUT_MS));
    if (list.models !== null) return report(...compare(wanted, list.models));
    if (keyIsEditors && list.status < 500) return report(null, EDITORS_KEY);
    if (list.status === 401 || list.status === 403) return report(false, `it refuses the key (${told(list)})`);
    return report(...(await askOneWord(upstream, wanted[0] ?? '')));
  } catch (error) {
    return report(false, `it can't be reached: ${reasonOf(error)}`);
  }
}

export interface UpstreamReport {
  readonly id: string;
  /** Null where it can't be told from here. */
  readonly ok: boolean | null;
  /** The models that the configuration names. */
  readonly models: readonly string[];
  /** Goes on where "id: " ends. */
  readonly message: string;
}

const EDITORS_KEY =
  "it is there, but its key is in VS Code's secret storage, which only the editor reads: it is tested there when the " +
  'provider is added with "Tokenfare: Choose Model…", and by any message to one of its models';
/** A model that was idle is loaded first. */
const TIMEOUT_MS = 60_000;
/** The smallest limit that every service takes. */
const ONE_WORD = 16;
const SHOWN_CHARACTERS = 200;

function compare(wanted: readonly string[], offered: readonly string[]): [ok: boolean, message: string] {
  const missing = wanted.filter((id) => !offered.includes(id));
  const lists = `it answers and lists ${offered.length} ${offered.length === 1 ? 'model' : 'models'}`;
  if (missing.length === 0) return [true, `${lists}, ${wanted.join(', ')} among them`];
  return [false, `${lists}, but not ${missing.join(', ')}`];
}

async function askOneWord(upstream: OpenAiUpstream, model: string): Promise<[ok: boolean, message: string]> {
  const messages = [{ role: 'user', content: 'Say yes.' }];
  const body = { model, messages, [upstream.outputLimitField ?? 'max_tokens']: ONE_WORD };
  const answer = await upstream.complete(body, AbortSignal.timeout(TIMEOUT_MS), JSON.stringify(body));
  const text = (await answer.body.setEncoding('utf8').toArray()).join('');
  if (answer.status === 200) return [true, `it has no list of models, and ${model} answers`];
  return [false, `it refuses a call to ${model} (${told({ status: answer.status, text })})`];
}

function told({ status, text }: Pick<ServiceList, 'status' | 'text'>): string {
  return `${status} ${text.replaceAll(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS)}`.trim();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : error.message || error.name;
}

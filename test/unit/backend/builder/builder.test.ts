import assert from 'node:assert/strict';
import { createBuilder } from '../../../../src/backend/models/builder/builder.ts';

const USERS = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';
const tools = [{ type: 'function', function: { name: 'write_file', parameters: {} } }];
const never = new AbortController().signal;

interface Chunk {
  readonly id: string;
  readonly usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
  readonly choices: readonly {
    readonly delta: {
      readonly role?: string;
      readonly content?: string | null;
      readonly refusal?: string;
      readonly refusal_kind?: string;
      readonly tool_calls?: readonly { index: number; id?: string; function: { name?: string; arguments?: string } }[];
    };
    readonly finish_reason: string | null;
  }[];
}

async function stream(body: Record<string, unknown>): Promise<Chunk[]> {
  const request = { model: 'builder', stream: true, messages: [{ role: 'user', content: USERS }], ...body };
  const answer = await createBuilder().complete(request, never);
  const text = await new Response(answer.body as never).text();
  const events = text.split('\n\n').filter(Boolean);
  assert.equal(events.pop(), 'data: [DONE]');
  return events.map((event) => JSON.parse(event.replace(/^data: /, '')) as Chunk);
}

async function whole(body: Record<string, unknown>) {
  const request = { model: 'builder', messages: [{ role: 'user', content: USERS }], ...body };
  const answer = await createBuilder().complete(request, never);
  return { answer, body: JSON.parse(await new Response(answer.body as never).text()) as Record<string, never> };
}

describe('builder on the wire', () => {
  it('says what it is', async () => {
    const [model] = await createBuilder().models();
    assert.deepEqual(model, {
      id: 'builder',
      name: 'Builder, no AI',
      multiplier: 1,
      contextWindow: 32_768,
      maxOutputTokens: 8_192,
    });
  });

  it('streams text and tool calls in pieces that make up the whole answer', async () => {
    const chunks = await stream({ tools });
    const parts = chunks.flatMap((chunk) => chunk.choices);
    const calls = parts.flatMap((part) => part.delta.tool_calls ?? []);
    const json = [0, 1, 2].map((index) =>
      calls
        .filter((call) => call.index === index)
        .map((call) => call.function.arguments ?? '')
        .join(''),
    );
    const written = json.map((text) => (JSON.parse(text) as { path: string }).path);
    const { body } = await whole({ tools });
    const { message } = (
      body as unknown as {
        choices: [{ message: { content: string; tool_calls: { function: { arguments: string } }[] } }];
      }
    ).choices[0];
    assert.deepEqual(written, ['users.html', 'users.css', 'users.js']);
    assert.deepEqual(
      json,
      message.tool_calls.map((call) => call.function.arguments),
    );
    assert.equal(parts.map((part) => part.delta.content ?? '').join(''), message.content);
    assert.equal(parts.at(-1)?.finish_reason, 'tool_calls');
    assert.ok(chunks.length > 100, 'too few chunks to be seen arriving');
  });

  it('sends usage at the end when asked, and only then', async () => {
    const asked = await stream({ tools, stream_options: { include_usage: true } });
    const last = asked.at(-1);
    assert.ok(last);
    assert.deepEqual(last.choices, []);
    assert.ok(last.usage && last.usage.completion_tokens > 1_500 && last.usage.prompt_tokens > 20);
    assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens);
    assert.ok((await stream({ tools })).every((chunk) => !chunk.usage));
  });

  it('refuses by the refusal field alone, with usage zeros, at no charge', async () => {
    const messages = [{ role: 'user', content: 'Explain quicksort' }];
    const chunks = await stream({ messages, stream_options: { include_usage: true } });
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
    assert.match(deltas.map((delta) => delta.refusal ?? '').join(''), /^I didn't understand “Explain quicksort”\./);
    assert.ok(deltas.every((delta) => !delta.content && !delta.tool_calls));
    assert.deepEqual(chunks.at(-1)?.usage, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
    assert.equal((await whole({ messages })).answer.charge, 'none');
  });

  it('marks every piece of a refusal that asks back, beside the words', async () => {
    const refusals = async (content: string) => {
      const chunks = await stream({ messages: [{ role: 'user', content }] });
      const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
      return deltas.filter((delta) => delta.refusal !== undefined).map((delta) => delta.refusal_kind);
    };
    const asked = await refusals('Create a job application form');
    assert.ok(asked.length > 1);
    assert.deepEqual(new Set(asked), new Set(['asks']));
    assert.deepEqual(new Set(await refusals('Explain quicksort')), new Set([undefined]));
  });

  for (const limit of ['max_tokens', 'max_completion_tokens']) {
    it(`is cut by ${limit}, in the middle of a tool call`, async () => {
      const chunks = await stream({ tools, [limit]: 400, stream_options: { include_usage: true } });
      const parts = chunks.flatMap((chunk) => chunk.choices);
      assert.equal(parts.at(-1)?.finish_reason, 'length');
      assert.equal(chunks.at(-1)?.usage?.completion_tokens, 400);
      const last = parts
        .flatMap((part) => part.delta.tool_calls ?? [])
        .map((call) => call.function.arguments ?? '')
        .join('');
      assert.throws(() => JSON.parse(last) as unknown);
    });
  }

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      if (pauses === 5) stop.abort();
      return Promise.resolve();
    };
    const request = { stream: true, tools, messages: [{ role: 'user', content: USERS }] };
    const answer = await createBuilder({ pause }).complete(request, stop.signal);
    await assert.rejects(new Response(answer.body as never).text());
    assert.equal(pauses, 5);
  });

  it('answers what it cannot read with an error, not with a page', async () => {
    for (const body of [
      { messages: [] },
      { messages: 'hi' },
      { messages: [{ role: 'system', content: 'x' }] },
      { n: 2 },
    ]) {
      const { answer } = await whole(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.charge, 'none');
    }
  });

  it('reads text parts and refuses pictures', async () => {
    const text = { type: 'text', text: USERS };
    const image = { type: 'image_url', image_url: { url: 'data:,' } };
    assert.equal((await whole({ messages: [{ role: 'user', content: [text] }] })).answer.charge, 'metered');
    assert.equal((await whole({ messages: [{ role: 'user', content: [text, image] }] })).answer.charge, 'none');
  });
});

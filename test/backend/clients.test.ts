import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, isStepCount, jsonSchema, streamText, tool } from 'ai';
import OpenAI, { APIError } from 'openai';
import { GenerationsBody, ModelsBody } from '../../src/protocol/api.ts';
import { startFakeUpstream } from '../support/fakeUpstream.ts';
import { startMeteredBackend } from '../support/meteredBackend.ts';
import { configFor, startBackend } from '../support/startBackend.ts';

describe('real clients and services', () => {
  it('serves the OpenAI client: plain, streamed, tool calls and a refused balance', async () => {
    const upstream = await startFakeUpstream();
    const backend = await startBackend({ config: configFor(upstream.baseUrl) });
    const client = new OpenAI({ baseURL: `${backend.url}/v1`, apiKey: backend.key, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const tools = [{ type: 'function' as const, function: { name: 'write_file', parameters: {} } }];

    const plain = await client.chat.completions.create({ model: 'test-model', messages });
    assert.equal(plain.choices[0]?.message.content, 'Hello there.');

    upstream.next({ text: ['Let me'], toolCalls: [{ name: 'write_file', input: { path: 'a' } }] });
    const runner = client.chat.completions.stream({
      ...{ model: 'test-model', messages, tools },
      stream_options: { include_usage: true },
    });
    const final = await runner.finalChatCompletion();
    const call = final.choices[0]?.message.tool_calls?.[0];
    assert.equal(call?.type === 'function' ? call.function.arguments : '', '{"path":"a"}');
    assert.equal(final.usage?.prompt_tokens, 20);

    assert.ok((await client.models.list()).data.some(({ id }) => id === 'test-model'));
    const refused = client.chat.completions.create({ model: 'test-model', messages: [], n: 1 });
    await assert.rejects(refused, (error) => error instanceof APIError && error.status === 422);
    await backend.dispose();
    await upstream.close();
  });

  it('serves the AI SDK: a loop of tools in one generation, its usage, and a refused balance', async () => {
    const metered = await startMeteredBackend();
    const { upstream, backend } = metered;
    const provider = createOpenAICompatible({
      ...{ name: 'tokenfare', baseURL: `${backend.url}/v1`, apiKey: backend.key, includeUsage: true },
    });
    upstream.next({ toolCalls: [{ name: 'read', input: { path: 'a' } }], usage: { prompt: 100, completion: 10 } });
    upstream.next({ text: ['It says', ' hello.'], usage: { prompt: 150, completion: 20 } });
    const read = tool({ inputSchema: jsonSchema({ type: 'object' }), execute: () => 'hello' });
    const { text, usage } = streamText({
      ...{ model: provider('test-model'), tools: { read }, prompt: 'What does a say?', maxRetries: 0 },
      stopWhen: isStepCount(3),
    });
    assert.equal(await text, 'It says hello.');
    assert.equal((await usage).outputTokens, 30);
    const { generations } = GenerationsBody.parse(await backend.json('/v1/generations'));
    assert.deepEqual(
      generations.flatMap(({ calls }) => calls.map((call) => [call.state, call.responseTokens])).sort(),
      [
        ['settled', 10],
        ['settled', 20],
      ],
    );
    upstream.next({ status: 401, error: { message: 'no key', type: 'auth' } });
    const failed = generateText({ model: provider('test-model'), prompt: 'Hi', maxRetries: 0 });
    await assert.rejects(failed, /provider answered 401/);
    await metered.dispose();
  });

  it('finds an Ollama on this machine by itself, and works without one', async () => {
    const ollama = createServer((request, response) => {
      assert.ok(request.url === '/api/tags' || request.url === '/v1/models');
      response.end(JSON.stringify({ models: [{ name: 'qwen3-coder:latest', size: 1 }] }));
    });
    ollama.listen(0, '127.0.0.1');
    await once(ollama, 'listening');
    const baseUrl = `http://127.0.0.1:${(ollama.address() as AddressInfo).port}`;
    const backend = await startBackend({ config: { ollama: { baseUrl } } });
    const { data } = ModelsBody.parse(await backend.json('/v1/models'));
    assert.deepEqual(
      data.map(({ id, owned_by: owner, tokenfare }) => [id, owner, tokenfare.multiplier]),
      [
        ['builder', 'builder', 1],
        ['qwen3-coder:latest', 'ollama', 0.5],
      ],
    );
    ollama.closeAllConnections();
    ollama.close();
    const json = { model: 'qwen3-coder:latest', messages: [{ role: 'user', content: 'Hi' }] };
    assert.equal((await backend.request('/v1/chat/completions', { json })).status, 502);
    await backend.dispose();

    const alone = await startBackend({ config: { ollama: { baseUrl } } });
    assert.equal(ModelsBody.parse(await alone.json('/v1/models')).data.length, 1);
    await alone.dispose();
  });
});

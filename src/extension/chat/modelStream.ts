import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { jsonSchema, streamText, tool, type TextStreamPart, type ToolSet } from 'ai';
import type { ModelRequest } from './modelCall.ts';
import { toolDefinitions, type ToolName } from './tools/toolDefinitions.ts';

/** One request to the model by the AI SDK, which is loaded with this file alone. Its parts come as it answers. */
export function modelStream(request: ModelRequest): AsyncIterable<TextStreamPart<ToolSet>> {
  const provider = createOpenAICompatible({
    name: 'tokenfare',
    baseURL: `${request.endpoint.url}/v1`,
    apiKey: request.endpoint.key,
    includeUsage: true,
    fetch: request.fetch,
  });
  return streamText({
    model: provider(request.model),
    instructions: request.instructions,
    messages: request.messages,
    ...(request.tools.length > 0 ? { tools: toolSet(request.tools) } : {}),
    headers: request.headers,
    abortSignal: request.signal,
    maxRetries: 0,
    include: { rawChunks: true },
    onError: () => undefined,
  }).stream;
}

function toolSet(names: readonly ToolName[]): ToolSet {
  const tools: ToolSet = {};
  for (const name of names) {
    const { description, parameters } = toolDefinitions[name];
    tools[name] = tool({ description, inputSchema: jsonSchema<Record<string, unknown>>(parameters) });
  }
  return tools;
}

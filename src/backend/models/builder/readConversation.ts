import * as z from 'zod';

/** What of a chat completions request Builder looks at. */
export interface Conversation {
  /** The last message of the person. */
  readonly request: string;
  /** Texts of files that are known to be current, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The workspace's files as listed, or null if nobody said. */
  readonly listing: readonly string[] | null;
  readonly tools: ReadonlySet<string>;
  /** What was done since the last message of the person. */
  readonly steps: readonly ToolStep[];
  /** Files that earlier answers spoke of, the latest first. */
  readonly mentioned: readonly string[];
  readonly hasImages: boolean;
  /** What stands against writing, as the instructions say it: `this folder is read-only`; null if nothing does. */
  readonly obstacle: string | null;
}

export interface ToolStep {
  readonly tool: string;
  readonly path: string;
  readonly result: string;
  readonly failed: boolean;
}

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const Content = z.union([z.string(), z.array(Part), z.null()]).optional();
const ToolCall = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

/** The body of a request, as far as it decides what Builder answers. */
export const ChatRequest = z.looseObject({
  model: z.string().optional(),
  messages: z
    .array(
      z.looseObject({
        role: z.string(),
        content: Content,
        tool_calls: z.array(ToolCall).nullish(),
        tool_call_id: z.string().optional(),
      }),
    )
    .min(1),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  n: z.literal(1).nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;
type ChatMessage = ChatRequest['messages'][number];

/** Null if no message is a person's. */
export function readConversation(body: ChatRequest): Conversation | null {
  const { messages } = body;
  const asked = messages.findLastIndex((message) => message.role === 'user');
  const question = messages[asked];
  if (!question) return null;
  const steps = stepsOf(messages.slice(asked + 1));
  const tools = new Set((body.tools ?? []).flatMap((tool) => (tool.function ? [tool.function.name] : [])));
  const answered = messages.slice(0, asked).findLastIndex((message) => message.role === 'assistant');
  const shown = tools.has('read_file') ? [] : messages.slice(0, answered + 1).flatMap(codeBlocks);
  const sent = messages.slice(answered + 1, asked).flatMap(attachment);
  const read = steps.flatMap((step): [string, string][] =>
    step.tool === 'read_file' && !step.failed ? [[step.path, step.result]] : [],
  );
  return {
    request: textOf(question),
    files: new Map([...shown, ...sent, ...read]),
    listing: listingOf(messages, steps),
    tools,
    steps,
    mentioned: mentionedIn(messages.slice(0, asked)),
    hasImages: Array.isArray(question.content) && question.content.some((part) => part.type !== 'text'),
    obstacle: obstacleIn(systemText(messages)),
  };
}

/** The text of a message, whichever way it is given. */
export function textOf(message: ChatMessage): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}

/** `File: path` and the text in a fence: how a file goes along with a message. */
function attachment(message: ChatMessage): [string, string][] {
  const found = /^File: (\S[^\n]*)\n(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?\2\s*$/.exec(
    message.role === 'user' ? textOf(message) : '',
  );
  return found?.[1] && found[3] !== undefined ? [[found[1].trim(), `${found[3]}\n`]] : [];
}

/** Files that an earlier answer showed in full, where there were no tools to write them with. */
function codeBlocks(message: ChatMessage): [string, string][] {
  if (message.role === 'user') return attachment(message);
  if (message.role !== 'assistant') return [];
  return [...textOf(message).matchAll(/^`([\w./-]+)`\n\n(`{3,})\w*\n([\s\S]*?\n)\2$/gm)].map((block) => [
    block[1] ?? '',
    block[3] ?? '',
  ]);
}

function stepsOf(messages: readonly ChatMessage[]): ToolStep[] {
  const results = new Map(
    messages.filter((message) => message.role === 'tool').map((message) => [message.tool_call_id, textOf(message)]),
  );
  return messages
    .flatMap((message) => message.tool_calls ?? [])
    .flatMap((call) => {
      const result = results.get(call.id);
      if (result === undefined) return [];
      return [{ tool: call.function.name, path: pathIn(call.function.arguments), result, failed: isError(result) }];
    });
}

function pathIn(json: string): string {
  try {
    const input = z.object({ path: z.string().default('') }).safeParse(JSON.parse(json));
    return input.success ? input.data.path : '';
  } catch {
    return '';
  }
}

function isError(result: string): boolean {
  return /^\s*(?:error\b|\{"error")/i.test(result);
}

function systemText(messages: readonly ChatMessage[]): string {
  return messages
    .filter((message) => message.role === 'system' || message.role === 'developer')
    .map(textOf)
    .join('\n\n');
}

function obstacleIn(system: string): string | null {
  const said = /^This (folder is read-only|workspace is not trusted):/m.exec(system)?.[1];
  return said === undefined ? null : `this ${said}`;
}

function listingOf(messages: readonly ChatMessage[], steps: readonly ToolStep[]): readonly string[] | null {
  const listed = /^Workspace files:[^\S\n]*\n?((?:.+\n?)*)/m.exec(systemText(messages))?.[1];
  const asked = steps.find(
    (step) => step.tool === 'list_files' && !step.failed && /^(?:\.\/?)?$/.test(step.path),
  )?.result;
  const text = listed ?? asked;
  if (text === undefined) return null;
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^[-*] /, '')
        .replace(/^\.\//, ''),
    )
    .filter((line) => line !== '' && !line.startsWith('('));
}

function mentionedIn(messages: readonly ChatMessage[]): string[] {
  const said = messages
    .filter((message) => message.role === 'assistant')
    .map(
      (message) =>
        `${textOf(message)} ${(message.tool_calls ?? []).map((call) => pathIn(call.function.arguments)).join(' ')}`,
    );
  const paths = said
    .toReversed()
    .flatMap((text) => [...text.matchAll(/[\w./-]+\.(?:html|js|tsx)\b/g)].map((found) => found[0]));
  return [...new Set(paths)];
}

import { createBuilder } from '../../src/backend/models/builder/builder.ts';

/** A chat with builder over its wire format, with tools that work on files in memory. */
export class BuilderChat {
  readonly files = new Map<string, string>();
  readonly messages: Record<string, unknown>[] = [];
  readonly charges: string[] = [];
  tools: readonly string[] = ['write_file', 'edit_file', 'read_file', 'list_files'];
  outputTokens = 0;

  constructor(files: Record<string, string> = {}) {
    for (const [path, content] of Object.entries(files)) this.files.set(path, content);
  }

  /** Sends a message and runs tools until the answer needs none; gives the last text, or the refusal. */
  async say(text: string): Promise<string> {
    this.messages.push({ role: 'user', content: text });
    for (let call = 0; call < 6; call += 1) {
      const { message, charge, usage } = await this.complete();
      this.charges.push(charge);
      this.outputTokens += usage.completion_tokens;
      if (message.refusal) return message.refusal;
      this.messages.push({ ...message });
      if (!message.tool_calls) return message.content ?? '';
      for (const tool of message.tool_calls) {
        this.messages.push({ role: 'tool', tool_call_id: tool.id, content: this.#run(tool.function) });
      }
    }
    throw new Error('The loop did not end.');
  }

  async complete(extra: Record<string, unknown> = {}): Promise<Completion> {
    const listing = { role: 'system', content: `Be brief.\n\nWorkspace files:\n${[...this.files.keys()].join('\n')}` };
    const tools = this.tools.map((name) => ({ type: 'function', function: { name, parameters: {} } }));
    const body = { model: 'builder', messages: [listing, ...this.messages], tools, ...extra };
    const answer = await createBuilder().complete(body, new AbortController().signal);
    const text = await new Response(answer.body as never).text();
    const parsed = JSON.parse(text) as { choices: [{ message: Message; finish_reason: string }]; usage: Usage };
    const [choice] = parsed.choices;
    return { message: choice.message, finish: choice.finish_reason, usage: parsed.usage, charge: answer.charge };
  }

  #run({ name, arguments: json }: { name: string; arguments: string }): string {
    const input = JSON.parse(json) as { path: string; content: string; find: string; replace: string };
    const now = this.files.get(input.path);
    if (name === 'read_file') return now ?? 'Error: There is no such file.';
    if (name === 'list_files') return [...this.files.keys()].join('\n');
    if (name === 'write_file') {
      this.files.set(input.path, input.content);
      return `Created ${input.path}.`;
    }
    if (now === undefined || now.split(input.find).length !== 2)
      return 'Error: The text to find is not there exactly once.';
    this.files.set(input.path, now.split(input.find).join(input.replace));
    return `Changed ${input.path}.`;
  }
}

interface Message {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly refusal_kind?: string;
  readonly tool_calls?: readonly { id: string; function: { name: string; arguments: string } }[];
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

interface Completion {
  readonly message: Message;
  readonly finish: string;
  readonly usage: Usage;
  readonly charge: string;
}

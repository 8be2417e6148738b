/** Reads a streamed chat completion to its end, or until `until` says that it has seen enough. */
export async function readStream(
  response: Response,
  until: (events: readonly string[]) => boolean = () => false,
): Promise<string[]> {
  const events: string[] = [];
  let text = '';
  if (response.body === null) return events;
  const decoder = new TextDecoder();
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) if (part.startsWith('data: ')) events.push(part.slice('data: '.length));
    if (until(events)) break;
  }
  return events;
}

/** The text that the chunks of a stream carry. */
export function streamedText(events: readonly string[]): string {
  return events
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as { choices?: { delta?: { content?: string } }[] })
    .map((chunk) => chunk.choices?.[0]?.delta?.content ?? '')
    .join('');
}

/** The `tokenfare` object of the last chunk before the end. */
export function streamedCharge(events: readonly string[]): TokenfareObject {
  const last = events.findLast((data) => data !== '[DONE]');
  return (JSON.parse(last ?? '{}') as { tokenfare: TokenfareObject }).tokenfare;
}

export interface TokenfareObject {
  readonly generation: string;
  readonly charged: number;
  readonly parts: {
    readonly message: number;
    readonly prompt: number;
    readonly context: number;
    readonly response: number;
  };
  readonly balance: { readonly available: number; readonly held: number };
  readonly capped: boolean;
}

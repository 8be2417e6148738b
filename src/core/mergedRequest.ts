import { modelWords } from './modelWords.ts';

/**
 * Several requests as one message: numbered, each whole, its further lines set under its number. A slash command is
 * none further on: what it stands for is in its place. A single one stays as it is.
 */
export function mergedRequest(requests: readonly string[]): string {
  if (requests.length === 1) return requests[0] ?? '';
  return requests.map((request, index) => numbered(modelWords(request).trim(), `${String(index + 1)}. `)).join('\n');
}

function numbered(request: string, number: string): string {
  const indent = ' '.repeat(number.length);
  return number + request.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

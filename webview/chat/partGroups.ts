import type { Part } from '../../src/protocol/part.ts';

/** The parts of an answer as they are shown: each text by itself, the steps between two texts together. */
export function partGroups(parts: readonly Part[]): PartGroup[] {
  const groups: PartGroup[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === 'text') groups.push({ kind: 'text', text: part.text });
    else if (last?.kind === 'steps') last.steps.push(part);
    else groups.push({ kind: 'steps', steps: [part] });
  }
  return groups;
}

export type PartGroup = { kind: 'text'; text: string } | { kind: 'steps'; steps: Step[] };
export type Step = Extract<Part, { kind: 'step' }>;

import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/** Raised when older versions could no longer read what this one writes. */
export const FORMAT_VERSION = 1;

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('file'), hash: z.string(), size: z.number(), mode: z.number() }),
  z.object({ kind: z.literal('link'), target: z.string() }),
  z.object({ kind: z.literal('folder'), mode: z.optional(z.number()) }),
]);

const captured = z.object({ path: z.string(), before: entry, after: entry, added: z.number(), removed: z.number() });

const step = z.object({
  path: z.string(),
  from: entry,
  to: entry,
  added: z.number(),
  removed: z.number(),
  /** Where a moved file stood before. */
  origin: z.optional(z.string()),
  /** The folder in which its temporary file is prepared. */
  stage: z.string(),
});

const undone = z.object({ id: z.string(), path: z.string(), whole: z.boolean() });

/** The lines of the journal. A `plan` is followed by its `done` or `undone` before anything else happens. */
const journalLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('store'),
    formatVersion: z.number(),
    /** Another one in every file, by which windows notice that the journal was written anew. */
    edition: z.string(),
    root: z.string(),
  }),
  z.object({
    type: z.literal('begin'),
    id: z.string(),
    prompt: z.string(),
    at: z.string(),
    owner: z.string(),
    pid: z.number(),
  }),
  z.object({
    type: z.literal('record'),
    id: z.string(),
    entries: z.array(z.object({ path: z.string(), before: entry })),
    folders: z.array(z.string()),
  }),
  z.object({
    type: z.literal('plan'),
    plan: z.string(),
    op: z.enum(['apply', 'rollBack', 'redo']),
    /** The generation, or the rollback. */
    id: z.string(),
    at: z.string(),
    steps: z.array(step),
    /** What changed outside between `record` and this. */
    gaps: z.array(captured),
    undone: z.array(undone),
  }),
  z.object({ type: z.literal('done'), plan: z.string() }),
  z.object({ type: z.literal('undone'), plan: z.string(), left: z.array(z.string()) }),
  z.object({
    type: z.literal('commit'),
    id: z.string(),
    at: z.string(),
    captured: z.array(captured),
    counts: z.array(z.object({ path: z.string(), added: z.number(), removed: z.number() })),
    outside: z.array(z.string()),
  }),
  z.object({ type: z.literal('drop'), ids: z.array(z.string()) }),
]);

export type JournalLine = z.infer<typeof journalLine>;
export type PlanLine = Extract<JournalLine, { type: 'plan' }>;
export type Step = z.infer<typeof step>;
export type Captured = z.infer<typeof captured>;
export type UndonePart = z.infer<typeof undone>;

/** A line as it stands in the file: the checksum of its JSON, a blank, the JSON. */
export function formatLine(line: JournalLine): string {
  const json = JSON.stringify(line);
  return `${checksum(json)} ${json}\n`;
}

/**
 * The line, or what is wrong with it: `newer` if a later version wrote it, else `damaged` with the id it seems to speak
 * of.
 */
export function parseLine(text: string): { line: JournalLine } | { damaged: string | null } | { newer: string } {
  const json = text.slice(CHECKSUM_LENGTH + 1);
  const version = Number(/^\{"type":"store","formatVersion":(\d+)/.exec(json)?.[1] ?? 0);
  if (version > FORMAT_VERSION) return { newer: String(version) };
  const parsed = text.startsWith(`${checksum(json)} `) ? journalLine.safeParse(JSON.parse(json)) : undefined;
  return parsed?.success ? { line: parsed.data } : { damaged: /"id":"([^"]*)"/.exec(text)?.[1] ?? null };
}

/** In characters, 64 bits: enough to tell damage, which is no attacker. */
export const CHECKSUM_LENGTH = 16;

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, CHECKSUM_LENGTH);
}

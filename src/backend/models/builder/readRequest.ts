import { pattern } from './pattern.ts';
import { buildDashboard } from './readDashboard.ts';
import { buildForm } from './buildForm.ts';
import { buildTable } from './buildTable.ts';
import { correctSpelling } from './correctSpelling.ts';
import type { Field, PageSpec } from './pageSpec.ts';
import type { ReadField } from './readField.ts';
import type { Feature } from './readFeature.ts';
import { readChanges, type Change } from './readChanges.ts';
import { readHeadline, type Headline } from './readHeadline.ts';
import { readList, type Unread } from './readList.ts';
import { readValidation } from './readValidation.ts';
import { reviewStep } from './reviewStep.ts';
import { splitSentences } from './splitSentences.ts';
import { usualSteps } from './usualSteps.ts';

/** What a person's message asks for, as far as Builder serves it. */
export type Reading =
  | {
      readonly kind: 'create';
      readonly spec: PageSpec;
      /** What was not said and therefore chosen. */
      readonly assumed: Assumption | null;
      /** Fields with a choice whose options were not said either. */
      readonly guessedOptions: readonly Field[];
      readonly asksForReact: boolean;
    }
  | { readonly kind: 'change'; readonly page: string | null; readonly changes: readonly Change[] }
  | { readonly kind: 'refusal'; readonly words: string | null }
  /** Understood, but for what it should hold: `the job application form`. */
  | { readonly kind: 'lacking'; readonly lacks: 'columns' | 'fields' | 'figures'; readonly page: string };

/** A message that can be answered by a page or a change. */
export type Served = Reading & { kind: 'create' | 'change' };

export type Assumption = 'columns' | 'fields' | 'parts' | 'figures' | 'chart';

/** Longer messages are specifications, which take a model to understand. */
const MOST_CHARACTERS = 2_000;

/** A form or table that was read completely, ready to be built. */
export interface Parts {
  readonly headline: Headline;
  readonly fields: readonly ReadField[];
  readonly features: readonly Feature[];
  /** Titles and fields of the steps that were named one by one. */
  readonly steps: readonly { readonly title: string; readonly fields: readonly ReadField[] }[];
}

/** Reads a whole message. Strict: a single phrase that isn't understood makes it a refusal that quotes that phrase. */
export function readRequest(text: string): Reading {
  if (text.length > MOST_CHARACTERS || /```|<\/?[a-z]+>|https?:\/\//i.test(text))
    return { kind: 'refusal', words: null };
  const sentences = splitSentences(text).map(correctSpelling);
  const [first = '', ...rest] = sentences;
  const headline = readHeadline(first);
  if (!headline) return readChanges(sentences);
  const reading = headline.kind === 'dashboard' ? buildDashboard(headline, rest) : readPage(headline, rest);
  if (reading.kind !== 'unread') return reading;
  return { kind: 'refusal', words: reading.words };
}

function readPage(headline: Headline, rest: readonly string[]): Reading | Unread {
  const opening = stepsIn(headline.list) ?? stepNamesIn(headline) ?? readList(headline.list, headline.about);
  if (opening.kind === 'unread') return opening;
  let parts: Parts = {
    headline,
    fields: opening.kind === 'list' ? opening.fields : [],
    features: [...headline.features, ...(opening.kind === 'list' ? opening.features : [])],
    steps: [],
  };
  for (const sentence of opening.kind === 'steps' ? [...opening.sentences, ...rest] : rest) {
    const more = readSentence(sentence, parts);
    if (more.kind === 'unread') return more;
    parts = more.parts;
  }
  return headline.kind === 'form' || headline.kind === 'steps' ? buildForm(parts) : buildTable(parts);
}

/**
 * `steps: Account (email, password), Profile (name)`, one sentence for each step; null if the list isn't one of steps.
 */
function stepsIn(list: string): { kind: 'steps'; sentences: string[] } | null {
  const named = list.replace(/^(?:the )?(?:following )?(?:(?:\d|two|three|four|five|six) )?steps(?: are)?\s*:\s*/i, '');
  const one = pattern`
    (?:^|,|;|\band\b|->|→)\s*(?:step\x20)?(?:\d[.):]?\s*)?([\p{L}][\p{L} &-]{1,40}?)
    \s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)
  `;
  const steps = [...named.matchAll(new RegExp(one, 'giu'))];
  const first = /^\s*step \d/i.test(list);
  if ((named === list && !first) || steps.length < 2) return null;
  const read = steps.map((step) => step[0]).join('');
  if (read.replace(/\s/g, '').length !== named.replace(/[\s.]/g, '').length) return null;
  return {
    kind: 'steps',
    sentences: steps.map((step, index) => `Step ${index + 1} ${step[1] ?? ''}: ${step[2] ?? ''}`),
  };
}

/**
 * `account, profile (name, bio), review`: names of steps that everybody knows, with or without their fields. Null if a
 * name is not of that kind; unread where answers would be reviewed before they are all given.
 */
function stepNamesIn({ kind, list }: Headline): { kind: 'steps'; sentences: string[] } | Unread | null {
  if (kind !== 'steps') return null;
  const named = list
    .replace(/^(?:the )?(?:following )?(?:(?:\d|two|three|four|five|six) )?steps(?: are)?\s*:\s*/i, '')
    .replace(/\b(review|confirm) (?:and|&) (?:submit|send|confirm)\b/gi, '$1');
  const steps = named
    .split(/\s*(?:,|;|->|→)\s*(?:and\s+)?(?![^()]*\))|\s+and\s+(?![^()]*\))/i)
    .map((each, index, all) => {
      const bare = each.trim().replace(/^(?:step\s+)?\d[.):]?\s*/i, '');
      const [, name = '', fields] = /^([\p{L}][\p{L} &-]{1,40}?)\s*(?:\(([^()]*)\))?$/u.exec(bare) ?? [];
      const known = name.toLowerCase().replace(/\s+(?:details|info|information|address|data)$/, '');
      const review = index === all.length - 1 && reviewStep.isNamed(name) ? '' : undefined;
      return { name, fields: fields ?? usualSteps[known] ?? review };
    });
  const unknown = steps.filter(({ fields }) => fields === undefined);
  if (steps.length < 2 || unknown.some(({ name }) => !reviewStep.isNamed(name)) || unknown.length === steps.length)
    return null;
  if (unknown[0]) return { kind: 'unread', words: `${unknown[0].name} before the last step` };
  return {
    kind: 'steps',
    sentences: steps.map(({ name, fields }, index) => `Step ${index + 1} ${name}: ${fields ?? ''}`),
  };
}

type More = { readonly kind: 'more'; readonly parts: Parts } | Unread;

function readSentence(sentence: string, parts: Parts): More {
  const checks = readValidation(sentence);
  if (checks) return { kind: 'more', parts: { ...parts, features: [...parts.features, ...checks] } };
  const step = pattern`
      ^(?:(?:the )?(first|second|third|fourth|fifth|last) step|step (?:\d|one|two|three
      |four|five))\s*(?:is\s+)?([^:]*?)\s*(?::| (?:has|asks for|with|contains))\s*(.*)$
    `.exec(sentence);
  if (step) return readStep((step[2] ?? '').replace(/^[(\s-]+|[)\s-]+$/g, ''), step[3] ?? '', parts);
  const list = readList(withoutLead(sentence), parts.headline.about, fieldsNamed(parts));
  if (list.kind === 'unread') return list;
  const saysFields = pattern`
      \b(columns?|fields?|inputs?)\b\s*:?|\b(have|has|include|includes|contain|contains
      |ask for|asks for|show|shows)\b
    `.test(sentence);
  if (list.fields.length > 0 && !saysFields && parts.fields.length > 0) return { kind: 'unread', words: sentence };
  return {
    kind: 'more',
    parts: { ...parts, fields: [...parts.fields, ...list.fields], features: [...parts.features, ...list.features] },
  };
}

/** Only a review needs no fields. */
function readStep(title: string, fields: string, parts: Parts): More {
  if (fields === '' && !reviewStep.isNamed(title)) return { kind: 'unread', words: title };
  const list = readList(fields, parts.headline.about, fieldsNamed(parts));
  if (list.kind === 'unread') return list;
  const steps = [...parts.steps, { title, fields: list.fields }];
  return { kind: 'more', parts: { ...parts, steps, features: [...parts.features, ...list.features] } };
}

function fieldsNamed(parts: Parts): readonly ReadField[] {
  return [...parts.fields, ...parts.steps.flatMap((step) => step.fields)];
}

function withoutLead(sentence: string): string {
  const lead = pattern`
    ^(?:(?:it|the (?:table|form|page|list)|each (?:row|user|item|product|order))\s+)?
    (?:should\x20|must\x20|needs to\x20|will\x20)?(?:also\x20)?
    (?:have|has|include|includes|contain|contains|show|shows|ask for|asks for|needs?)\s+(?=[\p{L}])
  `;
  return sentence.replace(new RegExp(lead, 'iu'), '');
}

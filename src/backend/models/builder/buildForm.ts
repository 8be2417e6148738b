import { atLeast, findFields } from './applyFeature.ts';
import { doingWords, formNames, usualForms } from './pageVocabulary.ts';
import type { Field, FormSpec, Step } from './pageSpec.ts';
import type { ReadField } from './readField.ts';
import type { Feature } from './readFeature.ts';
import { readList, type Unread } from './readList.ts';
import type { Parts, Reading } from './readRequest.ts';
import { reviewStep } from './reviewStep.ts';
import { words } from './words.ts';

/** A step with more fields than this is a page again. */
const FIELDS_PER_STEP = 3;
const MOST_STEPS = 8;

/** Makes a form of what was read; unread if it names no fields and isn't one of the forms that everybody knows. */
export function buildForm(parts: Parts): Reading | Unread {
  const { headline } = parts;
  const usual = usualForms[formNames[headline.about] ?? headline.about];
  const listed = [...parts.fields, ...parts.steps.flatMap((step) => step.fields)];
  const read = withUsual(listed, usualFields(usual?.fields));
  if (!read) return { kind: 'lacking', lacks: 'fields', page: `${headline.about} form`.trim() };
  const clash = read.find((each, index) => read.findIndex((other) => other.field.key === each.field.key) !== index);
  if (clash) return { kind: 'unread', words: clash.field.label };
  const saysRequired = parts.features.some((feature) => feature.kind === 'required' && feature.on !== 'all');
  const fields = withFeatures(
    read.map((each) => toFormField(saysRequired ? optionalUnlessSaid(each) : each, read)),
    parts.features,
  );
  if (!fields) return { kind: 'unread', words: parts.features.map((feature) => feature.kind).join(', ') };
  const steps = stepsOf(parts, fields);
  if (!steps) return { kind: 'unread', words: 'steps' };
  return {
    kind: 'create',
    spec: formOf(parts, usual, steps),
    assumed: listed.length === 0 ? 'fields' : null,
    guessedOptions: listed.filter((each) => each.guessedOptions).map((each) => each.field),
    asksForReact: headline.asksForReact,
  };
}

/** Where a sentence names the required fields, the others are not. */
function optionalUnlessSaid(read: ReadField): ReadField {
  return { ...read, required: read.required ?? false };
}

function formOf(parts: Parts, usual: (typeof usualForms)[string] | undefined, steps: readonly Step[]): FormSpec {
  const { headline } = parts;
  const isStepped = steps.length > 1;
  const named = parts.features.find((feature) => feature.kind === 'title');
  const button = parts.features.find((feature) => feature.kind === 'button');
  const doing = doingWords[headline.doing] ?? null;
  const about = headline.about === '' ? 'details' : headline.about;
  const title =
    headline.title ??
    (named?.kind === 'title' ? named.text : (usual?.title ?? (doing ? `${doing} ${words.one(about)}` : about)));
  return {
    kind: isStepped ? 'steps' : 'form',
    name: `${words.kebab(about)}-form`,
    title: words.title(title),
    button:
      button?.kind === 'button' ? button.text : (usual?.button ?? (doing ? `${doing} ${words.one(about)}` : 'Send')),
    steps: isStepped ? reviewStep.endWith(steps) : steps,
  };
}

/** The fields that were named, else the usual ones. A box to tick is no form: it comes on top of the usual ones. */
function withUsual(listed: readonly ReadField[], usual: readonly ReadField[] | null): readonly ReadField[] | null {
  if (!usual || listed.some((each) => each.field.type !== 'boolean')) return listed.length > 0 ? listed : usual;
  const keys = new Set(listed.map((each) => each.field.key));
  return [...usual.filter((each) => !keys.has(each.field.key)), ...listed];
}

function usualFields(text: string | undefined): readonly ReadField[] | null {
  const read = text === undefined ? null : readList(text, '');
  return read?.kind === 'list' ? read.fields : null;
}

/**
 * Fields are required unless said otherwise; a checkbox only where it is an agreement, a long text only where it is the
 * message itself.
 */
export function toFormField(read: ReadField, all: readonly ReadField[]): Field {
  const { badge, ...field } = { badge: read.field.colors, ...withoutColors(read.field) };
  const optional =
    (field.type === 'boolean' && !/agree|accept|terms|consent/i.test(field.label)) ||
    (field.type === 'longText' && !/message|feedback|question/i.test(field.label));
  const first = all.find((each) => each.field.type === 'password');
  const repeated = field.type === 'password' && /confirm|repeat/i.test(field.label) && first && first !== read;
  return {
    ...field,
    ...(field.type === 'boolean' && { label: boxLabel(field.label) }),
    ...(badge && { type: 'select' as const, options: Object.keys(badge) }),
    ...((read.required ?? !optional) && { required: true as const }),
    ...(repeated && { matches: first.field.key }),
  };
}

/** What stands behind a box is what ticking it says. */
function boxLabel(label: string): string {
  const terms = /^(?:(?:accept|agree to) )?(?:the )?(terms(?: (?:and|&) conditions| of (?:service|use))?)$/i.exec(
    label,
  );
  return terms?.[1] === undefined ? label : `I accept the ${terms[1].toLowerCase()}`;
}

function withoutColors({ colors: _, ...field }: Field): Field {
  return field;
}

function withFeatures(fields: readonly Field[], features: readonly Feature[]): readonly Field[] | null {
  let result = fields;
  for (const feature of features) {
    if (feature.kind === 'title' || feature.kind === 'button' || feature.kind === 'steps' || feature.kind === 'nothing')
      continue;
    if (!('on' in feature)) return null;
    const found = findFields(result, feature.on);
    const changed = found?.map((field) => withFeature(field, feature));
    if (!found || !changed) return null;
    const known = changed.filter((field) => field !== null);
    if (known.length < changed.length) return null;
    result = result.map((field) => known[found.indexOf(field)] ?? field);
  }
  return result;
}

function withFeature(field: Field, feature: Feature): Field | null {
  if (feature.kind === 'required' || feature.kind === 'optional')
    return withRequired(field, feature.kind === 'required');
  if (feature.kind === 'minLength') return atLeast(field, feature.count);
  return feature.kind === 'valid' ? field : null;
}

function withRequired({ required: _, ...field }: Field, required: boolean): Field {
  return required ? { ...field, required } : field;
}

/** The steps that were named, or the fields dealt out over the steps that were asked for. */
function stepsOf(parts: Parts, fields: readonly Field[]): readonly Step[] | null {
  const asked = parts.features.find((feature) => feature.kind === 'steps');
  if (parts.steps.length > 0)
    return namedSteps(parts, fields, asked?.kind === 'steps' ? asked.count : parts.steps.length);
  if (parts.headline.kind === 'form' && !asked) return [{ title: 'Details', fields }];
  const count = asked?.kind === 'steps' ? asked.count : Math.max(2, Math.ceil(fields.length / FIELDS_PER_STEP));
  if (count > MOST_STEPS || count > fields.length) return null;
  return Array.from({ length: count }, (_, index) => ({
    title: `Step ${index + 1}`,
    fields: fields.slice(
      Math.round((index * fields.length) / count),
      Math.round(((index + 1) * fields.length) / count),
    ),
  }));
}

function namedSteps(parts: Parts, fields: readonly Field[], count: number): readonly Step[] | null {
  if (parts.steps.length !== count || parts.fields.length > 0 || count < 2 || count > MOST_STEPS) return null;
  const steps = parts.steps.map((step, index) => ({
    title: words.title(step.title === '' ? `Step ${index + 1}` : step.title),
    fields: fields.filter((field) => step.fields.some((each) => each.field.key === field.key)),
  }));
  return steps.some((step) => step.fields.length === 0 && !reviewStep.isNamed(step.title)) ? null : steps;
}

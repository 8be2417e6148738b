import type { Change, Side } from '../intent.ts';
import type { MarkupElement } from '../model/fileModel.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';
import {
  readUtility,
  utilityColor,
  utilityScale,
  utilitySpace,
  type Family,
  type UtilityClass,
} from './utilityClasses.ts';
import { wordTable } from '../../wordTable.ts';

/** Names of another framework, whose p-3 means something else. */
const OTHER_FRAMEWORK =
  /^(?:btn-(?:primary|secondary|outline|lg|sm)|col-(?:sm|md|lg|xl)-\d+|container-fluid|navbar-expand|is-\w+)/;

/** Whether an element is styled by utility classes that can be rewritten. */
export function hasUtilities(element: MarkupElement): boolean {
  if (element.classes.some((name) => OTHER_FRAMEWORK.test(name))) return false;
  return element.classList !== null && element.classes.some((name) => readUtility(name) !== null);
}

/** Replaces the class of the same family, or adds one; classes with a variant (hover:, dark:, md:) stay as they are. */
export function planUtility(request: StyleRequest, element: MarkupElement, property: Family | null): StyleOutcome {
  const { change } = request.intent;
  if (change.kind === 'border') return planBorder(request, element, change);
  if (property === null || element.classList === null || isForced(element, property)) return 'complex-value';
  const own = element.classes
    .flatMap((name) => readUtility(name) ?? [])
    .filter((utility) => utility.family === property && utility.variant === '');
  switch (change.kind) {
    case 'color':
      return replaceOne(request, element, own, PREFIX[property] ?? '', (current) =>
        utilityColor(change.value, current),
      );
    case 'keyword':
      return replaceKeyword(request, element, own, change);
    case 'shadow':
      return replaceOne(request, element, own, 'shadow', (current) => shadowFor(change, current));
    case 'length':
      return planLength(request, element, own, property, change);
    default:
      return 'complex-value';
  }
}

/** !p-4 or p-4!: it wins over what would be put beside it. */
function isForced(element: MarkupElement, family: Family): boolean {
  return element.classes.some((name) => {
    const plain = name.replace(/^!|!$/, '');
    return plain !== name && readUtility(plain)?.family === family;
  });
}

const PREFIX: Partial<Record<Family, string>> = {
  background: 'bg-',
  color: 'text-',
  'border-color': 'border-',
  padding: 'p-',
  margin: 'm-',
  gap: 'gap-',
  'font-size': 'text-',
  'font-weight': 'font-',
  'border-radius': 'rounded-',
  width: 'w-',
  height: 'h-',
  'max-width': 'max-w-',
};

function replaceOne(
  request: StyleRequest,
  element: MarkupElement,
  own: readonly UtilityClass[],
  prefix: string,
  write: (current: string | null) => string | null,
): StyleOutcome {
  const [only, ...others] = own;
  if (others.length > 0) return 'complex-value';
  const value = write(only?.value ?? null);
  if (value === null) return only ? 'complex-value' : 'no-place';
  const name = joinName(only?.prefix ?? prefix, value);
  if (!only) return element.computedClasses ? 'complex-value' : addClass(request, element, name);
  return name === only.name ? 'nothing-to-change' : replaceClass(request, element, only.name, name);
}

function planBorder(
  request: StyleRequest,
  element: MarkupElement,
  change: Extract<Change, { kind: 'border' }>,
): StyleOutcome {
  const of = (family: Family): UtilityClass[] =>
    element.classes
      .flatMap((name) => readUtility(name) ?? [])
      .filter((utility) => utility.family === family && utility.variant === '');
  const widths = of('border-width');
  if (change.sides.length > 0 || change.style !== null || element.computedClasses) return 'complex-value';
  if (change.amount === 'remove') {
    return replaceOne(request, element, widths, 'border-', (current) => (current === null ? null : '0'));
  }
  const edits: PlannedEdit[] = [];
  if (widths.length === 0 || change.width !== null) {
    const width =
      change.width === null || change.width === '1px'
        ? ''
        : /^[248]px$/.test(change.width)
          ? change.width.slice(0, 1)
          : `[${change.width}]`;
    const outcome = replaceOne(request, element, widths, 'border-', () => width);
    if (typeof outcome === 'string') return outcome;
    edits.push(...outcome);
  }
  const { color } = change;
  if (color) {
    const outcome = replaceOne(request, element, of('border-color'), 'border-', (current) =>
      utilityColor(color, current),
    );
    if (typeof outcome === 'string') return outcome;
    edits.push(...outcome);
  }
  return edits.length === 0 ? 'nothing-to-change' : edits;
}

/** "rounded" + "lg" is rounded-lg; "rounded-" + "" is rounded. */
function joinName(prefix: string, value: string): string {
  const bare = prefix.replace(/-$/, '');
  return value === '' ? bare : `${bare}-${value}`;
}

function shadowFor(change: Extract<Change, { kind: 'shadow' }>, current: string | null): string | null {
  if (change.amount === 'remove') return current === null ? null : 'none';
  if (change.amount === 'add') return change.strength === 'subtle' ? 'sm' : change.strength === 'strong' ? 'xl' : 'md';
  return utilityScale(
    'box-shadow',
    { kind: 'step', sign: change.amount === 'more' ? 1 : -1, degree: 'normal', by: null },
    current,
  );
}

const KEYWORD_CLASSES = wordTable<string>({
  'font-weight bold': 'font-bold',
  'font-weight 500': 'font-medium',
  'font-weight 600': 'font-semibold',
  'font-weight 800': 'font-extrabold',
  'font-weight 300': 'font-light',
  'font-weight normal': 'font-normal',
  'font-style italic': 'italic',
  'font-style normal': 'not-italic',
  'text-transform none': 'normal-case',
  'text-transform uppercase': 'uppercase',
  'text-transform lowercase': 'lowercase',
  'text-transform capitalize': 'capitalize',
  'text-decoration underline': 'underline',
  'text-decoration none': 'no-underline',
  'text-decoration line-through': 'line-through',
  'text-align center': 'text-center',
  'text-align left': 'text-left',
  'text-align right': 'text-right',
  'text-align justify': 'text-justify',
  'border-radius 9999px': 'rounded-full',
  'border-radius 50%': 'rounded-full',
  'border-radius 0': 'rounded-none',
  'width 100%': 'w-full',
  'opacity 0.5': 'opacity-50',
  'opacity 1': 'opacity-100',
});

function replaceKeyword(
  request: StyleRequest,
  element: MarkupElement,
  own: readonly UtilityClass[],
  change: Extract<Change, { kind: 'keyword' }>,
): StyleOutcome {
  const name = KEYWORD_CLASSES[`${change.property} ${change.value}`];
  const [only, ...others] = own;
  if (name === undefined || others.length > 0) return 'complex-value';
  if (!only) return element.computedClasses ? 'complex-value' : addClass(request, element, name);
  return only.name === name ? 'nothing-to-change' : replaceClass(request, element, only.name, name);
}

function planLength(
  request: StyleRequest,
  element: MarkupElement,
  own: readonly UtilityClass[],
  property: Family,
  change: Extract<Change, { kind: 'length' }>,
): StyleOutcome {
  const { amount } = change;
  if (property === 'padding' || property === 'margin') return planBox(request, element, own, property, change);
  if (property === 'gap') return replaceOne(request, element, own, 'gap-', (current) => utilitySpace(amount, current));
  if (property === 'width' || property === 'height' || property === 'max-width') {
    if (amount.kind !== 'set' && own.length === 0) return 'complex-value';
    return replaceOne(request, element, own, PREFIX[property] ?? '', (current) =>
      amount.kind === 'set' && amount.css === '100%' ? 'full' : utilitySpace(amount, current),
    );
  }
  if (property === 'font-size' || property === 'font-weight' || property === 'border-radius') {
    return replaceOne(request, element, own, PREFIX[property] ?? '', (current) =>
      utilityScale(property, amount, current),
    );
  }
  return 'complex-value';
}

function planBox(
  request: StyleRequest,
  element: MarkupElement,
  own: readonly UtilityClass[],
  property: 'padding' | 'margin',
  change: Extract<Change, { kind: 'length' }>,
): StyleOutcome {
  const wanted = change.sides;
  const concerned = wanted.length === 0 ? own : own.filter((utility) => sameSides(utility.sides, wanted));
  if (
    wanted.length > 0 &&
    concerned.length === 0 &&
    own.some((utility) => utility.sides.some((side) => wanted.includes(side)))
  )
    return 'complex-value';
  if (concerned.length === 0) {
    const value = utilitySpace(change.amount, null);
    const axis = axisOf(wanted);
    if (value === null || value === '0' || axis === null || element.computedClasses)
      return value === '0' ? 'nothing-to-change' : 'complex-value';
    return addClass(request, element, `${property === 'padding' ? 'p' : 'm'}${axis}-${value}`);
  }
  if (change.amount.kind === 'set' && concerned.length > 1) return 'complex-value';
  const edits: PlannedEdit[] = [];
  for (const utility of concerned) {
    const value = utility.value === 'auto' ? null : utilitySpace(change.amount, utility.value);
    if (value === null) continue;
    if (value === utility.value) return 'nothing-to-change';
    edits.push(...replaceClass(request, element, utility.name, `${utility.prefix}${value}`));
  }
  if (edits.length > 0) return edits;
  return change.amount.kind === 'start' ? 'complex-value' : 'nothing-to-change';
}

function sameSides(a: readonly Side[], b: readonly Side[]): boolean {
  return a.length === b.length && a.every((side) => b.includes(side));
}

function axisOf(sides: readonly Side[]): string | null {
  if (sides.length === 0 || sides.length === 4) return '';
  if (sides.length === 1) return (sides[0] ?? '').charAt(0);
  return sameSides(sides, ['left', 'right']) ? 'x' : sameSides(sides, ['top', 'bottom']) ? 'y' : null;
}

function replaceClass(request: StyleRequest, element: MarkupElement, from: string, to: string): PlannedEdit[] {
  const list = element.classList;
  const model = request.view.files.get(element.path);
  if (!list || !model) return [];
  const source = model.text.slice(list.start, list.end);
  const at = [...source.matchAll(/\S+/g)].find((match) => match[0] === from)?.index;
  if (at === undefined) return [];
  return [editOf(request, element, { start: list.start + at, end: list.start + at + from.length, text: to, from, to })];
}

function addClass(request: StyleRequest, element: MarkupElement, name: string): PlannedEdit[] {
  const list = element.classList;
  const model = request.view.files.get(element.path);
  if (!list || !model || element.classes.includes(name)) return [];
  const source = model.text.slice(list.start, list.end);
  const at = list.start + source.trimEnd().length;
  return [
    editOf(request, element, {
      start: at,
      end: at,
      text: source.trim() === '' ? name : ` ${name}`,
      from: null,
      to: name,
    }),
  ];
}

interface ClassChange {
  start: number;
  end: number;
  text: string;
  from: string | null;
  to: string;
}

function editOf(
  request: StyleRequest,
  element: MarkupElement,
  { start, end, text, from, to }: ClassChange,
): PlannedEdit {
  const model = request.view.files.get(element.path);
  const owner = `e${String(model?.elements.indexOf(element) ?? -1)}`;
  const step = {
    path: element.path,
    line: lineOf(model?.text ?? '', start),
    what: `<${element.tag}>`,
    property: 'class',
    from,
    to,
  };
  return { path: element.path, start, end, text, fact: { owner, name: 'class', before: from, after: to }, step };
}

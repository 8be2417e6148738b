import { planLocalEdit, type LocalEditPlan } from '../../../../src/core/localEdits/planLocalEdit.ts';
import { applyChanges } from '../../../../src/core/localEdits/applyChanges.ts';

/**
 * A golden file: first the files of a small project, each under "## path", then sentences, each after "> ", with what
 * the planner answers: the lines that go (-) and come (+), a choice, or a refusal. "@ path «text»" puts the caret at
 * the beginning of that text.
 */
export interface Golden {
  files: { path: string; text: string }[];
  cases: { sentence: string; focus: { path: string; offset: number } | null; heading: string; expected: string }[];
}

export function readGolden(source: string): Golden {
  const golden: Golden = { files: [], cases: [] };
  const [project = '', ...sentences] = source.split(/^> /m);
  for (const part of project.split(/^## /m).slice(1)) {
    const end = part.indexOf('\n');
    golden.files.push({ path: part.slice(0, end).trim(), text: `${part.slice(end + 1).trim()}\n` });
  }
  for (const part of sentences) {
    const end = part.indexOf('\n');
    const heading = part.slice(0, end).trim();
    const [sentence = '', place] = heading.split(' @ ');
    golden.cases.push({
      sentence,
      focus: place === undefined ? null : readFocus(golden, place),
      heading,
      expected: part.slice(end + 1).trim(),
    });
  }
  return golden;
}

function readFocus(golden: Golden, place: string): { path: string; offset: number } {
  const [, path = '', text = ''] = /^(\S+) «(.*)»$/.exec(place) ?? [];
  const offset = golden.files.find((file) => file.path === path)?.text.indexOf(text) ?? -1;
  if (offset < 0) throw new Error(`no «${text}» in ${path}`);
  return { path, offset };
}

/** What the planner answers, as a golden file writes it. */
export function answerOf({ files }: Golden, sentence: string, focus: Golden['cases'][number]['focus']): string {
  const plan = planLocalEdit(sentence, files, focus);
  if (plan.kind === 'refusal') return `refusal: ${plan.reason}`;
  if (plan.kind === 'choose')
    return `choose: ${plan.candidates.map(({ path, line, label }) => `${label} (${path}:${String(line)})`).join(' | ')}`;
  return linesOf(files, plan);
}

function linesOf(files: Golden['files'], plan: Extract<LocalEditPlan, { kind: 'edit' }>): string {
  return plan.edits
    .map(({ path, changes }) => {
      const before = files.find((file) => file.path === path)?.text ?? '';
      const after = applyChanges(before, changes) ?? 'changes that overlap';
      return `${path}\n${difference(before.split('\n'), after.split('\n')).join('\n')}`;
    })
    .join('\n');
}

/** The lines that differ, by the longest common subsequence; small files, so the plain table will do. */
function difference(a: readonly string[], b: readonly string[]): string[] {
  const common: number[][] = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = a.length - 1; row >= 0; row--) {
    for (let column = b.length - 1; column >= 0; column--) {
      const cells = common[row];
      if (cells)
        cells[column] =
          a[row] === b[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: string[] = [];
  for (let row = 0, column = 0; row < a.length || column < b.length;) {
    if (row < a.length && column < b.length && a[row] === b[column]) {
      row++;
      column++;
    } else if (row < a.length && at(row + 1, column) >= at(row, column + 1)) lines.push(`- ${(a[row++] ?? '').trim()}`);
    else lines.push(`+ ${(b[column++] ?? '').trim()}`);
  }
  return lines;
}

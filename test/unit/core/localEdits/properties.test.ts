import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { indexStyles, planLocalEdit, planWithIndex } from '../../../../src/core/localEdits/planLocalEdit.ts';
import type { TextChange } from '../../../../src/core/localEdits/plan.ts';
import { applyChanges } from '../../../../src/core/localEdits/applyChanges.ts';
import { propertyRuns } from '../../../support/propertyRuns.ts';
import { readGolden, type Golden } from './goldenCases.ts';

const folder = new URL('golden/', import.meta.url);
const projects = readdirSync(folder).map((name) => readGolden(readFileSync(new URL(name, folder), 'utf8')));
const KINDS = ['.css', '.module.css', '.scss', '.less', '.html', '.jsx', '.tsx', '.vue', '.svelte', '.json'];

/** A golden project in another writing, and a sentence that edits it. */
interface Case {
  files: { path: string; text: string }[];
  sentence: string;
}

/** Sentences that edit a file of this kind. */
function editing(kind: string): { golden: Golden; sentence: string }[] {
  return projects.flatMap((golden) =>
    golden.cases.flatMap(({ sentence, focus, expected }) => {
      const edits = !/^(?:refusal|choose):/.test(expected) && focus === null;
      const paths = expected.split('\n').filter((line) => !/^[-+] /.test(line));
      return edits && paths.some((path) => path.endsWith(kind)) ? [{ golden, sentence }] : [];
    }),
  );
}

/** Line ends, a mark of the byte order and what stands around: none of it may matter, or be lost. */
function written(kind: string): fc.Arbitrary<Case> {
  return fc
    .record({
      chosen: fc.constantFrom(...editing(kind)),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      end: fc.constantFrom('', '\n', '  \n\n'),
      mark: fc.constantFrom('', '\uFEFF'),
    })
    .map(({ chosen, lineEnd, end, mark }) => ({
      sentence: chosen.sentence,
      files: chosen.golden.files.map(({ path, text }) => ({
        path,
        text: `${path.endsWith('.json') ? '' : mark}${`${text.trimEnd()}${end}`.replaceAll('\n', lineEnd)}`,
      })),
    }));
}

/** What takes the changes back, counted in the text that they made. */
function inverse(text: string, changes: readonly TextChange[]): TextChange[] {
  let moved = 0;
  return changes
    .toSorted((a, b) => a.start - b.start)
    .map((change) => {
      const start = change.start + moved;
      moved += change.text.length - (change.end - change.start);
      return { start, end: start + change.text.length, text: text.slice(change.start, change.end) };
    });
}

/** What of a text no change touches. */
function outside(text: string, changes: readonly TextChange[]): string[] {
  let at = 0;
  const kept = changes
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      const piece = text.slice(at, start);
      at = end;
      return piece;
    });
  return [...kept, text.slice(at)];
}

describe('a free edit of any kind of file', () => {
  for (const kind of KINDS) {
    it(`keeps the rest of a ${kind} file, can be undone, and is the same each time`, () => {
      let edited = 0;
      fc.assert(
        fc.property(written(kind), ({ files, sentence }) => {
          const plan = planLocalEdit(sentence, files);
          assert.deepEqual(planWithIndex(sentence, indexStyles(files)), plan);
          assert.ok(plan.kind === 'edit', `${sentence}: ${JSON.stringify(plan)}`);
          for (const { path, changes } of plan.edits) {
            const text = files.find((file) => file.path === path)?.text ?? '';
            const after = applyChanges(text, changes);
            assert.ok(after !== null && after !== text);
            const back = inverse(text, changes);
            assert.equal(applyChanges(after, back), text);
            assert.deepEqual(outside(after, back), outside(text, changes));
            assert.equal(after.includes('\r\n'), text.includes('\r\n'));
            assert.ok(!text.includes('\r\n') || !/[^\r]\n/.test(after), 'line ends of one kind');
            edited += 1;
          }
        }),
        { numRuns: propertyRuns(40) },
      );
      assert.ok(edited > 0);
    });
  }
});

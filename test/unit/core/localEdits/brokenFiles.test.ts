import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { MAX_FILE_LENGTH, MAX_PIECES } from '../../../../src/core/localEdits/model/readFile.ts';
import { planLocalEdit } from '../../../../src/core/localEdits/planLocalEdit.ts';
import { applyChanges } from '../../../../src/core/localEdits/applyChanges.ts';
import { propertyRuns } from '../../../support/propertyRuns.ts';
import { readGolden } from './goldenCases.ts';

const folder = new URL('golden/', import.meta.url);
const projects = readdirSync(folder).map((name) => readGolden(readFileSync(new URL(name, folder), 'utf8')));

/** The part of the damaged projects in which the wish can still be granted; nearly half of them, as a rule. */
const FEWEST_EDITED = 0.1;

/** A project of which one file was cut, doubled or littered. */
const damaged = fc.constantFrom(...projects).chain((golden) =>
  fc
    .record({
      sentence: fc.constantFrom(...golden.cases.map(({ sentence }) => sentence)),
      which: fc.nat(golden.files.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(60),
      put: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('{', '}', '<', '/>', '"', "'", '`', '/*', '${', '{{', '\0', '</style>', '@media', '\u2028'),
      ),
      minified: fc.boolean(),
    })
    .map(({ sentence, which, at, length, put, minified }) => ({
      sentence,
      files: golden.files.map(({ path, text }, index) => {
        if (index !== which) return { path, text };
        const from = Math.floor(at * text.length);
        const cut = text.slice(0, from) + put + text.slice(from + length);
        return { path, text: minified ? cut.replace(/\s+/g, ' ') : cut };
      }),
    })),
);

describe('free edits among broken files', () => {
  it('answer, and change only what they can put together again', () => {
    const runs = propertyRuns(300);
    let edited = 0;
    fc.assert(
      fc.property(damaged, ({ sentence, files }) => {
        const plan = planLocalEdit(sentence, files);
        if (plan.kind !== 'edit') return;
        edited += 1;
        for (const { path, changes } of plan.edits) {
          const text = files.find((file) => file.path === path)?.text ?? '';
          assert.notEqual(applyChanges(text, changes), null);
        }
      }),
      { numRuns: runs },
    );
    assert.ok(edited > runs * FEWEST_EDITED, `${String(edited)} of ${String(runs)} edited`);
  });

  const WISH = 'make the header blue';
  const endless = [
    '{',
    'a{',
    '/*',
    '"',
    '<div>',
    '<div class="',
    '<!--',
    '`${',
    '[',
    '{{',
    '(',
    '<style>',
    '\\',
    '.a,',
  ];
  for (const path of [
    'a.css',
    'a.scss',
    'a.less',
    'a.html',
    'a.jsx',
    'a.tsx',
    'a.vue',
    'a.svelte',
    'locales/en.json',
  ]) {
    it(`leave alone a ${path} that opens and never closes, however often`, () => {
      for (const piece of endless) {
        const plan = planLocalEdit(WISH, [{ path, text: piece.repeat(5_000) }]);
        assert.equal(plan.kind, 'refusal', piece);
      }
    });
  }

  it('read nothing that is larger than a person writes, and nothing binary', () => {
    const rule = '.header { color: red; background: white; }\n';
    const large = `${rule}${'a{top:0}\n'.repeat(MAX_FILE_LENGTH / 9)}`;
    assert.deepEqual(planLocalEdit(WISH, [{ path: 'a.css', text: large }]), { kind: 'refusal', reason: 'no-files' });
    assert.equal(planLocalEdit(WISH, [{ path: 'a.css', text: `\0${rule}` }]).kind, 'refusal');
    assert.equal(planLocalEdit(WISH, [{ path: 'a.css', text: rule }]).kind, 'edit');
  });

  for (const [path, piece] of [
    ['a.css', '.header{color:red}'],
    ['a.less', '.header{color:red}'],
    ['a.html', '<style>.header{color:red}</style>'],
    ['a.tsx', '<header>x</header>;'],
  ] as const) {
    it(`say that a ${path} is too large which holds ten thousand pieces`, () => {
      const text = piece.repeat(Math.floor(MAX_FILE_LENGTH / piece.length));
      assert.deepEqual(planLocalEdit(WISH, [{ path, text }]), { kind: 'refusal', reason: 'large-file', about: path });
    });
  }

  it('do not hang on a rule or a thing that stands there thousands of times', function () {
    // Work that grows with the square of them takes most of a minute here, the plans themselves less than a second.
    this.timeout(20_000);
    for (const [path, piece, most] of [
      ['a.css', '.header{color:red}', 2],
      ['a.less', '.header{color:red}', 4],
      ['a.html', '<style>.header{color:red}</style>', 4],
      ['a.html', '<header>x</header>', 2],
    ] as const) {
      const files = [{ path, text: piece.repeat(MAX_PIECES / most - 1) }];
      for (const wish of [WISH, 'more padding on the header', 'change the header text to "Hi"']) {
        const plan = planLocalEdit(wish, files);
        assert.ok(plan.kind !== 'refusal' || plan.reason !== 'large-file');
      }
    }
  });

  it('do not hang on thirty thousand rules in many files', function () {
    this.timeout(20_000);
    const text = '.header{color:red}'.repeat(MAX_PIECES / 2 - 1);
    const files = Array.from({ length: 10 }, (_, at) => ({ path: `a${String(at)}.css`, text }));
    assert.equal(planLocalEdit('more padding on the header', files).kind, 'edit');
  });

  it('do not hang on mixins that take in others hundreds of times, and others, and themselves', function () {
    // Each call of each of them followed is a billion of them.
    this.timeout(20_000);
    const mixin = (level: number): string =>
      `@mixin m${String(level)} { ${`@include m${String(level + 1)};`.repeat(150)} }`;
    const last = '@mixin m4 { top: 1px; @include m0; }';
    const rule = '.header { background: red; @include m0; }';
    const text = [...[0, 1, 2, 3].map(mixin), last, rule].join('\n');
    const plan = planLocalEdit(WISH, [{ path: 'a.scss', text }]);
    assert.ok(plan.kind === 'edit');
    assert.equal(applyChanges(text, plan.edits[0]?.changes ?? []), text.replace('red', 'blue'));
    const other = text.replace('top: 1px', 'background: white');
    assert.equal(planLocalEdit(WISH, [{ path: 'a.scss', text: other }]).kind, 'refusal');
  });

  it('answer where a value is nested deeper than the stack', () => {
    const text = `.header { background: ${'var(--a, '.repeat(10_000)}red${')'.repeat(10_000)} }`;
    for (const wish of [WISH, 'make the header background darker']) {
      assert.equal(planLocalEdit(wish, [{ path: 'a.css', text }]).kind, 'refusal');
    }
  });

  it('read what is minified to one line', () => {
    const css = `${'.a{top:0}'.repeat(1_400)}.header{background:red}${'.b{top:0}'.repeat(1_400)}`;
    const plan = planLocalEdit(WISH, [{ path: 'a.css', text: css }]);
    assert.ok(plan.kind === 'edit');
    assert.equal(applyChanges(css, plan.edits[0]?.changes ?? []), css.replace('red', 'blue'));
  });
});

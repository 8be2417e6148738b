import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  indexStyles,
  planLocalEdit,
  planWithIndex,
  updateIndex,
  type LocalEditPlan,
} from '../../../../src/core/localEdits/planLocalEdit.ts';
import { applyChanges } from '../../../../src/core/localEdits/applyChanges.ts';

function after(plan: LocalEditPlan, files: { path: string; text: string }[]): Record<string, string | null> {
  assert.ok(plan.kind === 'edit', JSON.stringify(plan));
  const { edits } = plan;
  return Object.fromEntries(
    files.map(({ path, text }) => [path, applyChanges(text, edits.find((edit) => edit.path === path)?.changes ?? [])]),
  );
}

function edited(sentence: string, path: string, text: string): string | null | undefined {
  const files = [{ path, text }];
  return after(planLocalEdit(sentence, files), files)[path];
}

describe('planLocalEdit keeps everything else byte for byte', () => {
  it('CRLF, tabs, comments, odd spaces', () => {
    const css = '\uFEFF.header {\r\n\tcolor : RED ; /* loud */  \r\n}\r\n\r\n.x { top: 0 }\r\n';
    assert.equal(
      edited('make the header background white', 'a.css', css),
      '\uFEFF.header {\r\n\tcolor : RED ;\r\n\tbackground : #ffffff; /* loud */  \r\n}\r\n\r\n.x { top: 0 }\r\n',
    );
    assert.equal(edited('make the header text green', 'a.css', css), css.replace('RED', 'green'));
  });

  it('a rule without its last semicolon', () => {
    assert.equal(
      edited('bold the price', 'a.css', '.price { color: red }'),
      '.price { color: red; font-weight: bold }',
    );
    assert.equal(edited('bold the price', 'a.css', '.price{color:red}'), '.price{color:red;font-weight:bold}');
    assert.equal(
      edited('bold the price', 'a.css', '.price {\n  color: red\n}\n'),
      '.price {\n  color: red;\n  font-weight: bold;\n}\n',
    );
  });

  it('an empty rule', () => {
    assert.equal(edited('bold the price', 'a.css', '.price {\n}\n'), '.price {\n  font-weight: bold;\n}\n');
    assert.equal(edited('bold the price', 'a.css', '.price {}'), '.price { font-weight: bold; }');
  });

  it('!important', () => {
    assert.equal(
      edited('price red', 'a.css', '.price { color: #333 !important; }'),
      '.price { color: #dc2626 !important; }',
    );
  });

  it('minified', () => {
    const css =
      '.a{color:red}.site-header{display:flex;background:#e11d48;color:#fff}@media print{.site-header{background:#fff}}';
    assert.equal(edited('make the header blue', 'app.min.css', css), css.replace('#e11d48', '#2563eb'));
  });

  it('style objects with numbers and quotes of their own', () => {
    const jsx = 'export const Badge = () => <span className="badge" style={{ padding: 4, color: "red" }}>New</span>;\n';
    assert.equal(edited('badge padding 8px', 'Badge.jsx', jsx), jsx.replace('padding: 4', 'padding: 8'));
    assert.equal(edited('badge padding 1rem', 'Badge.jsx', jsx), jsx.replace('padding: 4', "padding: '1rem'"));
    assert.equal(edited('make the badge bold', 'Badge.jsx', jsx), jsx.replace('"red"', '"red", fontWeight: "bold"'));
  });

  it('text is escaped for where it stands', () => {
    assert.equal(
      edited('rename the title to "Salt & <pepper>"', 'a.html', '<h1>Herbs</h1>'),
      '<h1>Salt &amp; &lt;pepper&gt;</h1>',
    );
    assert.equal(
      edited('change "Herbs" to "Salt {and} pepper"', 'a.jsx', 'const A = () => <h1>Herbs</h1>;'),
      'const A = () => <h1>Salt &#123;and&#125; pepper</h1>;',
    );
    assert.equal(
      edited(`change 'Save' to 'Save "now"'`, 'locales/en.json', '{ "save": "Save" }'),
      '{ "save": "Save \\"now\\"" }',
    );
  });
});

describe('planLocalEdit respects the cascade', () => {
  it('the rule that wins is the one that changes', () => {
    const html = '<body><header id="top" class="header">Hi</header></body>';
    const css = '#top { background: red; }\n.header { background: green; }\nheader { background: yellow; }\n';
    const files = [
      { path: 'a.html', text: html },
      { path: 'a.css', text: css },
    ];
    assert.equal(after(planLocalEdit('make the header blue', files), files)['a.css'], css.replace('red', 'blue'));
  });

  it('a rule that others share stays', () => {
    const files = [
      { path: 'a.html', text: '<button class="btn">Save</button><button class="btn">Cancel</button>' },
      { path: 'a.css', text: '.btn { background: gray; }' },
    ];
    assert.deepEqual(planLocalEdit('make the save button green', files), {
      kind: 'refusal',
      reason: 'shared-rule',
      about: 'save button',
    });
  });

  it('a variable that nothing else uses changes; one with a dark value is not written over', () => {
    const alone =
      ':root { --head: red; }\n@media (prefers-color-scheme: dark) { :root { --head: black; } }\n.header { background: var(--head); }\n';
    assert.equal(edited('make the header blue', 'a.css', alone), alone.replace('red', 'blue'));
    const shared = `${alone}.footer { background: var(--head); }\n`;
    const plan = planLocalEdit('make the header blue', [{ path: 'a.css', text: shared }]);
    assert.deepEqual(plan, { kind: 'refusal', reason: 'shared-variable', about: 'header' });
  });

  it('two files that set it alike: nobody knows which one wins', () => {
    const files = [
      { path: 'a.css', text: '.header { background: red; }' },
      { path: 'b.css', text: '.header { background: green; }' },
    ];
    const plan = planLocalEdit('make the header blue', files);
    assert.deepEqual(plan, { kind: 'refusal', reason: 'two-rules', about: 'header' });
  });

  it('what @apply brings is not spoken against', () => {
    const plan = planLocalEdit('make the button green', [{ path: 'a.css', text: '.btn { @apply bg-red-600 px-4; }' }]);
    assert.equal(plan.kind, 'refusal');
  });

  it('a colour or a size before the noun tells which one is meant', () => {
    const css = '.save { background: red; padding: 4px; }\n.stop { background: gray; padding: 4px; }\n';
    const files = [
      { path: 'a.html', text: '<button class="save">Save</button><button class="stop">Stop</button>' },
      { path: 'a.css', text: css },
    ];
    const plan = planLocalEdit('make the padding of the red button 8px', files);
    assert.equal(after(plan, files)['a.css'], css.replace('4px', '8px'));
    assert.equal(planLocalEdit('make the green button blue', files).kind, 'refusal');
    assert.equal(planLocalEdit('make the bold button blue', files).kind, 'refusal');
  });

  it('media queries, hover and dark mode stay', () => {
    const css =
      '.card { color: red; }\n.card:hover { color: red; }\n@media print { .card { color: red; } }\n.dark .card { color: red; }\n';
    assert.equal(edited('make the card text blue', 'a.css', css), css.replace('red', 'blue'));
  });

  it('where the text has colours of its own, those change', () => {
    const files = [
      { path: 'a.html', text: '<div class="banner"><p class="lead">Hello</p></div>' },
      { path: 'a.css', text: '.banner { padding: 4px; }\n.banner .lead { color: red; }\n' },
    ];
    assert.equal(
      after(planLocalEdit('make the banner text blue', files), files)['a.css'],
      '.banner { padding: 4px; }\n.banner .lead { color: blue; }\n',
    );
  });
});

describe('planLocalEdit on files that it should not trust', () => {
  it('leaves files outside the workspace alone', () => {
    for (const path of ['../a.css', '/etc/a.css', 'C:\\a.css', 'x/../../a.css']) {
      assert.deepEqual(planLocalEdit('make the header blue', [{ path, text: '.header { background: red; }' }]), {
        kind: 'refusal',
        reason: 'no-files',
      });
    }
  });

  it('says so when the place is in a file that does not parse', () => {
    const plan = planLocalEdit('make the header blue', [{ path: 'a.css', text: '.header { background: red;\n.b {' }]);
    assert.deepEqual(plan, { kind: 'refusal', reason: 'broken-file', about: 'a.css' });
  });

  it('never throws, whatever is in them', () => {
    const sentences = ['make the header blue', 'change "a" to "b"', 'more padding on cards', 'bold the title'];
    const pieces = fc.constantFrom(
      '{',
      '}',
      '<',
      '>',
      '/',
      '"',
      "'",
      '`',
      '${',
      '.header',
      ':',
      ';',
      '<div class="header">',
      '\0',
      '\uFEFF',
      '\r',
      '\n',
      '/*',
      '{{',
      '<style>',
      'header',
      '#',
      '@media',
      '\ud800',
      'styled.div`',
    );
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }).map((parts) => parts.join(''));
    const path = fc.constantFrom(
      'a.css',
      'a.scss',
      'a.less',
      'a.html',
      'a.jsx',
      'a.tsx',
      'a.ts',
      'a.vue',
      'a.svelte',
      'locales/en.json',
    );
    fc.assert(
      fc.property(path, text, fc.constantFrom(...sentences), fc.nat(50), (where, content, sentence, offset) => {
        const plan = planLocalEdit(sentence, [{ path: where, text: content }], { path: where, offset });
        assert.ok(['edit', 'choose', 'refusal'].includes(plan.kind));
      }),
      { numRuns: 400 },
    );
  });

  it('never throws, whatever is asked', () => {
    const words = fc.constantFrom(
      'make',
      'the',
      'header',
      'blue',
      'and',
      ',',
      'to',
      '"x"',
      'padding',
      '8px',
      'bigger',
      'from',
      'like',
      ':',
      'of',
      'this',
      'not',
      'a',
      'text',
      'say',
      '#fff',
      'title',
      '.',
      '?',
      'without',
      'its',
    );
    const files = [
      {
        path: 'a.html',
        text: '<style>.header { background: red; }</style><header class="header"><h1>Title</h1></header>',
      },
    ];
    const index = indexStyles(files);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' ')),
        ),
        (sentence) => {
          const plan = planWithIndex(sentence, index);
          assert.deepEqual(planWithIndex(sentence, index), plan);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('an index', () => {
  it('answers as if made anew after each update', () => {
    const first = indexStyles([{ path: 'a.css', text: '.header { background: red; }' }]);
    const second = updateIndex(first, [{ path: 'a.css', text: '.header { background: green; }' }]);
    const plan = planWithIndex('make the header blue', second);
    assert.deepEqual(
      plan,
      planLocalEdit('make the header blue', [{ path: 'a.css', text: '.header { background: green; }' }]),
    );
    assert.equal(planWithIndex('make the header blue', updateIndex(second, [], ['a.css'])).kind, 'refusal');
    assert.equal(planWithIndex('make the header blue', first).kind, 'edit');
  });

  it('lets go of what was put together once its files are forgotten', () => {
    const index = indexStyles([
      { path: 'a.css', text: '.header { background: red; }' },
      { path: 'b.css', text: '.card { background: red; }' },
    ]);
    planWithIndex('make the header blue', index);
    planWithIndex('make the card blue', index);
    assert.deepEqual([index.parsed.models.size, index.parsed.joined.length], [2, 2]);
    // As if as much else had been parsed since as is kept.
    index.parsed.length += 4_000_000;
    assert.equal(planWithIndex('make the card green', index).kind, 'edit');
    assert.deepEqual([index.parsed.models.size, index.parsed.joined.length], [0, 0]);
  });
});

describe('planLocalEdit and names that every object has', () => {
  const files = [
    { path: 'index.html', text: '<header class="header">Hi</header>' },
    { path: 'styles.css', text: '.header { color: red; background: white; }' },
  ];

  for (const name of ['constructor', '__proto__', 'toString', 'valueOf']) {
    it(`takes ${name} for a word that it does not know`, () => {
      for (const wish of [`change header to ${name}`, `make the header ${name} blue`, `make the ${name} bold`]) {
        const plan = planLocalEdit(wish, files);
        if (plan.kind === 'edit') assert.doesNotMatch(JSON.stringify(plan.edits), /undefined|native code/, wish);
      }
    });
  }

  it('refuses what is too long before it reads it', () => {
    assert.deepEqual(planLocalEdit(`make the header blue${' '.repeat(600)}`, files), {
      kind: 'refusal',
      reason: 'too-long',
    });
  });
});

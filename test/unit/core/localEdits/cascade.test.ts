import assert from 'node:assert/strict';
import { planLocalEdit } from '../../../../src/core/localEdits/planLocalEdit.ts';
import { applyChanges } from '../../../../src/core/localEdits/applyChanges.ts';

const page = '<link rel="stylesheet" href="a.css"><header class="header">Hi</header>';

/** What becomes of the sheet of a page with a header that is wished green; the reason where that is refused. */
function greened(css: string, markup = page): string | null {
  const files = [
    { path: 'index.html', text: markup },
    { path: 'a.css', text: css },
  ];
  const plan = planLocalEdit('make the header background green', files);
  if (plan.kind !== 'edit') return plan.kind === 'refusal' ? plan.reason : plan.kind;
  assert.deepEqual(
    plan.edits.map(({ path }) => path),
    ['a.css'],
  );
  return applyChanges(css, plan.edits[0]?.changes ?? []);
}

describe('the cascade, for the rule that a free edit changes', () => {
  it('what stands in no layer wins over what stands in one, however strong that is', () => {
    const css = '.header { background: red; }\n@layer site { header.header { background: blue; } }';
    assert.equal(greened(css), css.replace('red', 'green'));
  });

  it('!important turns that round', () => {
    const css =
      '.header { background: red !important; }\n@layer site { .header { background: blue !important; } }\n.x { top: 0; }';
    assert.equal(greened(css), css.replace('blue', 'green'));
  });

  it('of two layers nobody knows which one was named first', () => {
    const css = '@layer b { .header { background: red; } }\n@layer a { .header { background: blue; } }';
    assert.equal(greened(css), 'two-rules');
  });

  it("Tailwind's own layers have an order", () => {
    const css = '@layer components { .header { background: red; } }\n@layer base { header { background: blue; } }';
    assert.equal(greened(css), css.replace('red', 'green'));
  });

  it(':is weighs as much as the strongest of what it holds', () => {
    const css = ':is(#top, .header) { background: red; }\n.header { background: blue; }';
    assert.equal(greened(css), css.replace('red', 'green'));
  });

  it(':not weighs too, where it does not speak of the thing itself', () => {
    const css = '.header:not(.small) { background: red; }\n.header { background: blue; }';
    assert.equal(greened(css), css.replace('red', 'green'));
    assert.equal(greened(css, page.replace('class="header"', 'class="header small"')), css.replace('blue', 'green'));
  });

  it('things that only an attribute inside of :not tells apart are not taken for the same', () => {
    const css = '.header:not([data-plain]) { background: red; }\n.header { background: blue; }';
    const two = `<main>${page.replace('class', 'data-plain="yes" class')}</main>`;
    assert.equal(greened(css, two), css.replace('blue', 'green'));
  });
});

describe('what wins over the rules of a sheet', () => {
  const inline = (style: string): string =>
    `export const A = ({ c }) => <div className="card" style={${style}}>x</div>;`;

  it('an inline style, also behind one that is spread', () => {
    const files = [
      { path: 'A.jsx', text: inline('{ ...c, padding: 4 }') },
      { path: 'a.css', text: '.card { color: red }' },
    ];
    const plan = planLocalEdit('set the card padding to 10px', files);
    assert.ok(plan.kind === 'edit', JSON.stringify(plan));
    assert.deepEqual(
      plan.edits.map(({ path, changes }) => [path, applyChanges(files[0]?.text ?? '', changes)]),
      [['A.jsx', inline('{ ...c, padding: 10 }')]],
    );
  });

  it("Tailwind's forced classes: a plain one beside them would do nothing", () => {
    for (const forced of ['!bg-red-500', 'bg-red-500!']) {
      const text = `<button class="${forced} bg-blue-500">Save</button>`;
      const plan = planLocalEdit('make the save button green', [{ path: 'a.html', text }]);
      assert.equal(plan.kind === 'refusal' && plan.reason, 'complex-value');
    }
  });
});

describe('a range', () => {
  it('is no value', () => {
    const files = [{ path: 'a.css', text: '.header { padding: 20px; }' }];
    const plan = planLocalEdit('header padding between 10px and 20px', files);
    assert.equal(plan.kind === 'refusal' && plan.reason, 'not-understood');
  });
});

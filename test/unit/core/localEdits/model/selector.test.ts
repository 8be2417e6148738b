import assert from 'node:assert/strict';
import { parseSelector, selects, type Selectable } from '../../../../../src/core/localEdits/model/selector.ts';

function element(
  tag: string,
  classes: readonly string[],
  attributes: Readonly<Record<string, string>> = {},
): Selectable {
  const given = Object.entries(attributes).map(([name, value]) => [name, { value }] as const);
  return { tag, id: '', classes, parent: null, attributes: new Map(given) };
}

describe('parseSelector', () => {
  for (const name of [':deep', ':global', '::v-deep', ':is', ':where', ':not', ':has']) {
    it(`comes to an end behind a ${name}(…) that is shorter than what stands before it`, () => {
      const { compounds } = parseSelector(`.header ${name}(.a) .title`);
      assert.deepEqual(compounds[0]?.classes, ['header']);
      assert.ok(compounds.length <= 3, JSON.stringify(compounds));
    });
  }

  it('reads on behind what :deep and :global hold', () => {
    const { compounds, opaque } = parseSelector('.page :deep(.card) > .title');
    assert.equal(opaque, false);
    assert.deepEqual(
      compounds.map(({ combinator, classes }) => [combinator, ...classes]),
      [
        ['', 'page'],
        [' ', 'card'],
        ['>', 'title'],
      ],
    );
  });

  it('counts the strongest of what :is and :not hold, and nothing in :where', () => {
    assert.deepEqual(parseSelector(':is(#a, .b) p').specificity, [1, 0, 1]);
    assert.deepEqual(parseSelector('.b:not(.c, p)').specificity, [0, 2, 0]);
    assert.deepEqual(parseSelector(':where(#a, .b) p').specificity, [0, 0, 1]);
  });
});

describe('selects', () => {
  const isSelected = (selector: string, each: Selectable): boolean => selects(parseSelector(selector), each);

  it('one of those in :is and :where', () => {
    assert.equal(isSelected(':is(h1, h2).title', element('h2', ['title'])), true);
    assert.equal(isSelected(':where(h1, h2).title', element('h3', ['title'])), false);
  });

  it('none of those in :not; states do not hold in the plain state', () => {
    assert.equal(isSelected('.btn:not(.ghost)', element('button', ['btn'])), true);
    assert.equal(isSelected('.btn:not(.ghost)', element('button', ['btn', 'ghost'])), false);
    assert.equal(isSelected('.btn:not([type=submit])', element('button', ['btn'], { type: 'submit' })), false);
    assert.equal(isSelected('.btn:not(:hover, :disabled)', element('button', ['btn'])), true);
    assert.equal(isSelected('.btn:is(:hover, :focus)', element('button', ['btn'])), false);
  });

  it('parents and ancestors, however many there are', () => {
    const nested = (depth: number): Selectable => {
      let inner = element('div', ['a', 'outermost']);
      for (let at = 0; at < depth; at++) inner = { ...element('div', ['a']), parent: inner };
      return inner;
    };
    assert.equal(isSelected('.outermost > .a .a', nested(3)), true);
    assert.equal(isSelected('.outermost > .a > .a', nested(3)), false);
    assert.equal(isSelected('.a + .a', nested(3)), false);
    assert.equal(isSelected(`.outermost ${'.a '.repeat(25)}`, nested(60)), true);
    assert.equal(isSelected(`.elsewhere ${'.a '.repeat(25)}`, nested(60)), false);
    assert.equal(isSelected('.a '.repeat(20_000), nested(30_000)), true);
  });
});

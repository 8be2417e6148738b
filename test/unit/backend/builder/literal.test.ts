import assert from 'node:assert/strict';
import fc from 'fast-check';
import { literal } from '../../../../src/backend/models/builder/literal.ts';

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-3, max: 1e6 }),
);
const key = fc.string({ minLength: 1 }).filter((text) => text !== '__proto__');
const rows = fc.array(fc.dictionary(key, value), { minLength: 1 });

describe('literal', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const plain = list.map((row) => ({ ...row }));
        assert.deepEqual(literal.readConst(literal.printConst('rows', plain), 'rows'), plain);
      }),
    );
  });

  for (const [what, source] of [
    ['a call', 'const rows = [load()];'],
    ['a name', 'const rows = others;'],
    ['a template', 'const rows = [`a`];'],
    ['a spread', 'const rows = [...others];'],
    ['a computed key', "const rows = [{ ['a']: 1 }];"],
    ['an expression behind it', 'const rows = [1].map(twice);'],
    ['a comment in it', 'const rows = [\n  // mine\n  1,\n];'],
    ['a key that is there twice', 'const rows = [{ a: 1, a: 2 }];'],
    ['two of the name', 'const rows = [1];\nconst rows = [2];'],
    ['an open end', 'const rows = [1'],
    ['too deep a nest', 'const rows = [[[[[[[[1]]]]]]]];'],
  ] as const) {
    it(`reads no ${what}`, () => {
      assert.equal(literal.readConst(source, 'rows'), undefined);
    });
  }

  it('reads what a person would write', () => {
    const source = 'export const rows: Row[] = [\n  { "a b": -1.5, c: "it\'s", d: true, e: null, },\n]\n';
    assert.deepEqual(literal.readConst(source, 'rows'), [{ 'a b': -1.5, c: "it's", d: true, e: null }]);
  });
});

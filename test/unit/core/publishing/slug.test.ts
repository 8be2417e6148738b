import assert from 'node:assert/strict';
import fc from 'fast-check';
import { slug } from '../../../../src/core/publishing/slug.ts';

describe('the address of an app', () => {
  for (const [name, expected] of [
    ['My Shop', 'my-shop-x1'],
    ['Café Größe', 'cafe-grosse-x1'],
    ['日本の店', 'app-x1'],
    ['ｗｉｄｅ １２', 'wide-12-x1'],
    ['--a__b--', 'a-b-x1'],
    ['xn--evil', 'xn-evil-x1'],
    ['../../etc', 'etc-x1'],
    ['a'.repeat(100), `${'a'.repeat(40)}-x1`],
  ] as const) {
    it(`of ${JSON.stringify(name.slice(0, 20))} is ${expected.slice(0, 30)}`, () =>
      assert.equal(slug(name, 'x1'), expected));
  }

  it('is a label of a domain name, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => /^[a-z0-9](-?[a-z0-9])*$/.test(slug(name, 'k3x9q7ab'))),
    );
  });
});

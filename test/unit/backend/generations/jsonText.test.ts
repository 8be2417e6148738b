import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { JsonText } from '../../../../src/backend/generations/jsonText.ts';

const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
const spaces = fc.constantFrom(0, 1, '\t', '  ');

describe("a JSON object's text", () => {
  it('says what JSON itself would say after a change, however it is written', () => {
    fc.assert(
      fc.property(object, object, spaces, (value, changes, indent) => {
        const text = new JsonText(`\n ${JSON.stringify(value, null, indent)} `).with(changes);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify({ ...value, ...changes })));
      }),
    );
  });

  it('loses the members that are taken away, and nothing else', () => {
    fc.assert(
      fc.property(object, fc.array(fc.string()), spaces, (value, names, indent) => {
        const removed = Object.fromEntries(
          [...names, ...Object.keys(value).slice(0, 2)].map((name) => [name, undefined]),
        );
        const text = new JsonText(JSON.stringify(value, null, indent)).with(removed);
        const rest = Object.entries(value).filter(([name]) => !Object.hasOwn(removed, name));
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(Object.fromEntries(rest))));
      }),
    );
  });

  it('keeps every character of what it does not touch', () => {
    const text = '{ "a" : 12345678901234567890,\n  "max\\u005ftokens": 5 , "b": {"x": "}\\\\\\""}, "c":1.0 }\n';
    const changed = text.replace(',\n  "max\\u005ftokens": 5', '').replace('1.0 }', '1.0 ,"max_tokens":7}');
    assert.equal(new JsonText(text).with({ max_tokens: 7 }), changed);
  });

  it('tells a name that stands twice, and how deep it nests', () => {
    const { names, depth } = new JsonText('{"n":1,"\\u006e":[[{"a":[]}]],"m":"]"}');
    assert.deepEqual(names, ['n', 'n', 'm']);
    assert.equal(depth, 4);
  });
});

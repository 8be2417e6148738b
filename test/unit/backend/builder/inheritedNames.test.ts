import assert from 'node:assert/strict';
import { BuilderChat } from '../../../support/builderChat.ts';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const REQUESTS = [
  (name: string) => `Create a table of products with columns: name, price (${name})`,
  (name: string) => `Create a table of people with columns: name, role in ${name}`,
  (name: string) => `Create a ${name} table`,
  (name: string) => `Create a ${name} form with name and email`,
  (name: string) => `Build a ${name} dashboard`,
  (name: string) => `Create a users table with columns: ${name}, name`,
];

describe('builder with names that every object has', () => {
  for (const name of NAMES) {
    it(`writes nothing of what ${name} is in JavaScript`, async () => {
      for (const request of REQUESTS) {
        const chat = new BuilderChat();
        await chat.say(request(name));
        for (const [file, text] of chat.files) {
          assert.doesNotMatch(file, /native|function/, request(name));
          assert.doesNotMatch(text, /native code|\[object |: undefined/, request(name));
        }
      }
    });
  }
});

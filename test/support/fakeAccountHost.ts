import { createBirpc } from 'birpc';
import {
  accountHostCalls,
  accountPageCalls,
  type AccountHostCalls,
  type AccountPageCalls,
  type BackendAnswer,
} from '../../src/protocol/account.ts';
import type { AccountBody } from '../../src/protocol/api.ts';
import { checkedCalls } from '../../src/protocol/checkedCalls.ts';
import { errorBody } from '../../src/protocol/errors.ts';
import type { AccountScene } from './accountScenes.ts';

/** The extension's side of the account page: answers from a scene, and remembers what was asked. */
export class FakeAccountHost {
  /** "POST /v1/keys", with the body where there is one. */
  readonly sent: { readonly to: string; readonly body: unknown }[] = [];
  readonly opened: string[] = [];
  /** False where the person closes the question where to save. */
  saves = true;
  declined = 0;
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  readonly copied: string[] = [];
  signedOut = false;
  readonly page: AccountPageCalls;
  scene: AccountScene;
  #receive: (message: unknown) => void = () => undefined;

  constructor(scene: AccountScene, post: (message: unknown) => Promise<void>) {
    this.scene = scene;
    this.page = createBirpc<AccountPageCalls, AccountHostCalls>(checkedCalls(accountHostCalls, this.#calls()), {
      post,
      on: (receive) => {
        this.#receive = receive;
      },
      eventNames: Object.keys(accountPageCalls) as (keyof AccountPageCalls)[],
    });
  }

  /** Hears what the page posted. */
  hear(message: unknown): void {
    this.#receive(message);
  }

  /** Puts another state onto the page, as after a change of the account. */
  show(scene: AccountScene): void {
    this.scene = scene;
    this.page.setting(scene.setting);
    this.page.account(scene.answers['GET /v1/account'] as AccountBody);
  }

  #calls(): AccountHostCalls {
    return {
      ready: () => Promise.resolve(this.scene.setting),
      backend: ({ method, path, body }) => Promise.resolve(this.#answer(`${method} ${path}`, body)),
      openLink: (url) => Promise.resolve(void this.opened.push(url)),
      openApp: ({ url, portUrl }) => Promise.resolve(void this.opened.push(`app ${portUrl ?? url}`)),
      saveFile: (name, text) => {
        if (this.saves) this.saved.push({ name, text });
        else this.declined += 1;
        return Promise.resolve(this.saves);
      },
      copy: (text) => Promise.resolve(void this.copied.push(text)),
      signOut: () => Promise.resolve(void (this.signedOut = true)),
    };
  }

  /** By the whole request, else without its query; what a scene has not is not there. */
  #answer(to: string, body: unknown): BackendAnswer {
    this.sent.push({ to, body });
    const { answers, refusals } = this.scene;
    const route = to.split('?', 1)[0] ?? to;
    const code = refusals[route];
    if (code !== undefined) return { status: 422, body: errorBody(code, 'A sentence of the backend.') };
    const answer = answers[to] ?? answers[route];
    return answer === undefined
      ? { status: 404, body: errorBody('not_found', 'Nothing.') }
      : { status: 200, body: answer };
  }
}

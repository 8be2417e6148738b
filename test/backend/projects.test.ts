import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AccountBody, ProjectsBody, SubscriptionBody, UsageBody } from '../../src/protocol/api.ts';
import { ask, refusalOf, startMeteredBackend } from '../support/meteredBackend.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';

const list = async (backend: TestBackend): Promise<ProjectsBody> =>
  ProjectsBody.parse(await backend.json('/v1/projects'));

describe('projects over HTTP', () => {
  let backend: TestBackend;
  beforeEach(async () => {
    backend = await startBackend({ config: {} });
  });
  afterEach(() => backend.dispose());

  const callFrom = (project: string | null): Promise<Response> =>
    backend.request('/v1/chat/completions', {
      json: { ...ask, model: 'builder' },
      headers: project === null ? {} : { 'tokenfare-project': project },
    });

  it('are one on Free, which registers itself and moves three times', async () => {
    assert.equal((await callFrom(null)).status, 200);
    assert.deepEqual(await list(backend), { projects: [], movesLeft: 3 });
    assert.equal((await callFrom('shop')).status, 200);
    const refused = await refusalOf(await callFrom('blog'));
    assert.deepEqual([refused.status, refused.code], [403, 'project_limit']);
    assert.deepEqual(refused.details, { activeProject: 'shop' });
    const named = await backend.json('/v1/projects', { json: { id: 'blog', name: 'My blog' } });
    assert.deepEqual(named, {
      projects: [
        { id: 'shop', name: 'shop', active: true },
        { id: 'blog', name: 'My blog', active: false },
      ],
      movesLeft: 3,
    });
    const activate = (id: string) => backend.request(`/v1/projects/${id}/activate`, { method: 'POST' });
    assert.equal((await activate('none')).status, 404);
    for (const id of ['blog', 'shop', 'blog']) assert.equal((await activate(id)).status, 200);
    const used = await refusalOf(await activate('shop'));
    assert.deepEqual([used.status, used.code, (await list(backend)).movesLeft], [403, 'project_limit', 0]);
    assert.equal((await callFrom('blog')).status, 200);
    const chosen = SubscriptionBody.parse(await backend.json('/v1/subscription', { json: { planId: 'pro' } }));
    assert.ok(chosen.kind === 'checkout');
    const body = new URLSearchParams({ card: '4242 4242 4242 4242' });
    assert.equal((await fetch(chosen.url, { method: 'POST', body })).status, 200);
    assert.deepEqual([(await callFrom('shop')).status, (await list(backend)).movesLeft], [200, null]);
    assert.ok((await list(backend)).projects.every(({ active }) => active));
  });
});

describe('projects of whoever pays the models', () => {
  it('are not limited, whether a budget is set or not, and the usage is summed by them', async () => {
    const metered = await startMeteredBackend();
    const { backend } = metered;
    assert.equal(AccountBody.parse(await backend.json('/v1/account')).entitlements.projects, null);
    for (const project of ['shop', 'blog', 'shop']) {
      assert.equal((await metered.complete(ask, { 'tokenfare-project': project })).status, 200, project);
    }
    const { projects, movesLeft } = await list(backend);
    assert.deepEqual([projects.map(({ active }) => active), movesLeft], [[true, true], null]);
    const { series } = UsageBody.parse(await backend.json('/v1/usage?by=project&tz=UTC'));
    assert.deepEqual(
      series.map(({ key, generations, charged }) => [key, generations, charged > 0]),
      [
        ['shop', 2, true],
        ['blog', 1, true],
      ],
    );
    await metered.dispose();
  });
});

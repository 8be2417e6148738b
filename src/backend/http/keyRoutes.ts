import { KeyRequest, type NewKeyBody } from '../../protocol/api.ts';
import { keys } from '../accounts/keys.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, jsonBody, type RouteDeps, type Routes } from './routeContext.ts';

/** API keys for other clients: made here and shown once, listed by how they begin, revoked at once. */
export function addKeyRoutes(routes: Routes, deps: RouteDeps): void {
  const { writer, ids, clock } = deps;
  const { query } = deps.database;

  routes.get('/v1/keys', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json({ keys: await keys.list(query, accountId) });
  });

  routes.post('/v1/keys', async (context) => {
    const accountId = await accountOf(context, deps);
    const { name } = await jsonBody(context, deps, KeyRequest);
    if ((await keys.list(query, accountId)).length >= MOST_KEYS) {
      throw new HttpRefusal('invalid_request', `There are ${MOST_KEYS} keys already. Revoke one first.`);
    }
    const { key, prefix, hash } = keys.generate();
    const id = ids();
    const createdAt = new Date(clock()).toISOString();
    await writer.submit('addKey', { id, accountId, name, prefix, hash, expiresAt: null });
    return context.json({ id, name, prefix, createdAt, lastUsedAt: null, key } satisfies NewKeyBody);
  });

  routes.delete('/v1/keys/:id', async (context) => {
    const accountId = await accountOf(context, deps);
    const keyId = context.req.param('id');
    const own = await keys.list(query, accountId);
    if (!own.some(({ id }) => id === keyId) || !(await writer.submit('revokeKey', { keyId }))) {
      throw new HttpRefusal('not_found', 'There is no such key in use.');
    }
    return context.json({ id: keyId, revoked: true });
  });
}

/** More than anybody has clients; a list that a person can still look through. */
const MOST_KEYS = 100;

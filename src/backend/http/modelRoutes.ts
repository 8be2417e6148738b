import { estimate } from '../../core/estimate.ts';
import { classifyRequest, requestKinds } from '../../core/requestKind.ts';
import { EstimateRequest, UpstreamKeysRequest, type UpstreamKeysBody } from '../../protocol/api.ts';
import { readReceipts } from '../generations/receipts.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, jsonBody, type RouteDeps, type Routes } from './routeContext.ts';

/** Which models there are, and what a message to one will cost. */
export function addModelRoutes(routes: Routes, deps: RouteDeps): void {
  routes.get('/v1/models', async (context) => {
    await accountOf(context, deps);
    const offered = await deps.models.list();
    return context.json({
      object: 'list',
      data: offered.map(({ upstream, isFailing, model: { id, ...tokenfare } }) => ({
        id,
        object: 'model',
        created: 0,
        owned_by: upstream.id,
        tokenfare: { ...tokenfare, ...(isFailing ? { failing: true } : {}) },
      })),
    });
  });

  routes.post('/v1/upstreams/keys', async (context) => {
    if (!deps.isOwner(context.req.header('authorization'))) {
      throw new HttpRefusal('not_found', 'Only the editor on the same machine hands over keys.');
    }
    const { keys } = await jsonBody(context, deps, UpstreamKeysRequest);
    return context.json({ taken: deps.models.useKeys(keys) } satisfies UpstreamKeysBody);
  });

  routes.post('/v1/estimate', async (context) => {
    const accountId = await accountOf(context, deps);
    const asked = await jsonBody(context, deps, EstimateRequest);
    const offered = await deps.models.find(asked.model);
    if (offered === undefined) throw new HttpRefusal('not_found', 'There is no such model.', { param: 'model' });
    const named = requestKinds.find((each) => each === asked.kind);
    if (asked.kind !== undefined && named === undefined) {
      throw new HttpRefusal('invalid_request', `kind must be one of ${requestKinds.join(', ')}.`, { param: 'kind' });
    }
    const { prompt, contextTokens, model } = asked;
    const { multiplier } = offered.model;
    const kind = named ?? classifyRequest(prompt);
    const receipts = await readReceipts(deps.database.query, accountId, { kind, model });
    return context.json(estimate({ prompt, contextTokens, kind, multiplier, model, card: deps.card, receipts }));
  });
}

import { PROTOCOL_VERSION } from '../../protocol/api.ts';
import { newerMigration } from '../database/migrate.ts';
import { version } from '../version.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { openApi } from './openApi.ts';
import type { RouteDeps, Routes } from './routeContext.ts';

/** What operators and their tools ask: is it alive, is it ready, how is it doing, what does it offer. */
export function addOperationRoutes(routes: Routes, deps: RouteDeps): void {
  routes.get('/healthz', (context) =>
    context.json({ status: 'ok', version, protocol: PROTOCOL_VERSION, instance: deps.owner }),
  );

  routes.get('/readyz', async (context) => {
    let newer: string | undefined;
    try {
      newer = await newerMigration(deps.database.query);
      await deps.writer.submit('viewAccount', { accountId: 'none' });
    } catch {
      throw new HttpRefusal('unavailable', 'The database does not answer, or nothing can be written to it.');
    }
    if (newer !== undefined) {
      const sentence = `A newer version of Tokenfare was started on this database (it has ${newer}). End this one.`;
      throw new HttpRefusal('unavailable', sentence);
    }
    return context.json({ status: 'ok', version, protocol: PROTOCOL_VERSION });
  });

  routes.get('/metrics', async (context) => {
    const { metrics, models } = deps;
    // Whoever looks at the figures keeps the health of the services fresh.
    await models.list();
    return context.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });

  routes.get('/openapi.json', (context) => context.json(openApi(deps.publicUrl())));
}

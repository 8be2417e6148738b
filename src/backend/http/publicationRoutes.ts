import { planById } from '../../core/plans.ts';
import { headers as names } from '../../protocol/api.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';

/** Publishing apps. It costs 0 and works at an empty balance. */
export function addPublicationRoutes(routes: Routes, deps: RouteDeps): void {
  const { publisher } = deps;

  routes.get('/v1/publications', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json({ publications: await publisher.list(accountId) });
  });

  routes.post('/v1/publications', async (context) => {
    const accountId = await accountOf(context, deps);
    const plan = planById((await deps.readAccount(accountId))?.plan.id ?? '');
    if (plan === undefined) throw new HttpRefusal('not_found', 'There is no such account.');
    const name = readName(context.req.query('name'));
    const project = readProject(context.req.header(names.project));
    const body = await publisher.publish(context.env.incoming, { accountId, planId: plan.id, name, project });
    return context.json(body);
  });

  routes.delete('/v1/publications/:id', async (context) => {
    const accountId = await accountOf(context, deps);
    await publisher.unpublish({ accountId, id: context.req.param('id') });
    return context.json({});
  });

  routes.post('/v1/publications/:id/versions/:n/activate', async (context) => {
    const accountId = await accountOf(context, deps);
    const number = Number(context.req.param('n'));
    if (!Number.isSafeInteger(number)) throw new HttpRefusal('not_found', 'There is no such version.');
    return context.json(await publisher.activate({ accountId, id: context.req.param('id'), number }));
  });
}

/** What an app is called by those who don't say. */
const USUAL_NAME = 'App';
/** A title, not a text. */
const LONGEST_NAME = 80;
/** As calls name their project. */
const PROJECT = /^[\x21-\x7e]{1,200}$/;

function readName(name = USUAL_NAME): string {
  const shown = name.normalize('NFC').trim();
  if (shown !== '' && shown.length <= LONGEST_NAME && !/\p{Cc}/u.test(shown)) return shown;
  const message = `name must have 1 to ${LONGEST_NAME} characters.`;
  throw new HttpRefusal('invalid_request', message, { param: 'name' });
}

function readProject(project: string | undefined): string | null {
  if (project === undefined || PROJECT.test(project)) return project ?? null;
  throw new HttpRefusal('invalid_request', 'The project must be an id of visible ASCII.', { param: names.project });
}

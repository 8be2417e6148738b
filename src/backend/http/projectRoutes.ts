import type { Context } from 'hono';
import { activeProject } from '../../core/activeProject.ts';
import { ExportRequest, ProjectRequest, type ProjectsBody } from '../../protocol/api.ts';
import { projects } from '../projects/projects.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, jsonBody, type Env, type RouteDeps, type Routes } from './routeContext.ts';

/** Projects, moving Free's one project, and noting an export. */
export function addProjectRoutes(routes: Routes, deps: RouteDeps): void {
  const { writer } = deps;

  routes.get('/v1/projects', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json(await projectsBody(deps, accountId));
  });

  routes.post('/v1/projects', async (context) => {
    const accountId = await accountOf(context, deps);
    const { id: projectId, name } = await jsonBody(context, deps, ProjectRequest);
    await writer.submit('registerProject', { accountId, projectId, name });
    return context.json(await projectsBody(deps, accountId));
  });

  routes.post('/v1/projects/:id/activate', async (context) => {
    const accountId = await accountOf(context, deps);
    const answer = await writer.submit('activateProject', { accountId, projectId: context.req.param('id') });
    if (answer.kind === 'unknown') throw new HttpRefusal('not_found', 'There is no such project.');
    if (answer.kind === 'tooManyMoves') {
      const details = { resetsAt: new Date(answer.resetsAt).toISOString() };
      throw new HttpRefusal('project_limit', 'The project has been moved three times in this period.', { details });
    }
    return context.json(await projectsBody(deps, accountId));
  });

  routes.post('/v1/exports', async (context) => exportId(context, deps));
}

async function projectsBody(deps: RouteDeps, accountId: string): Promise<ProjectsBody> {
  const view = await deps.writer.submit('viewAccount', { accountId });
  if (view === null) throw new HttpRefusal('not_found', 'There is no such account.');
  const { entitlements, ledger, subscription } = view;
  const isLimited = entitlements.projects !== null && !deps.setsOwnBudget();
  const { projectId, projectMoves: moves, movesPeriod } = subscription;
  const all = await projects.list(deps.database.query, accountId);
  return {
    projects: all.map(({ id, name }) => ({ id, name, active: !isLimited || id === projectId })),
    movesLeft: isLimited ? activeProject.movesLeft({ moves, movesPeriod }, ledger.periodStart) : null,
  };
}

/** Export is for paid plans; a refund asks whether there was one. */
async function exportId(context: Context<Env>, deps: RouteDeps): Promise<Response> {
  const accountId = await accountOf(context, deps);
  await jsonBody(context, deps, ExportRequest);
  if (await deps.writer.submit('recordExport', { accountId })) return context.json({ exportId: deps.ids() });
  throw new HttpRefusal(
    'plan_required',
    'Your files are always yours. Export adds a clean zip with a server, a Dockerfile and a README; it needs a paid plan.',
  );
}

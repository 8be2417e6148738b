import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import { Hono } from 'hono';
import { HttpRefusal } from './httpRefusal.ts';
import { addAccountRoutes } from './accountRoutes.ts';
import { addGenerationRoutes } from './generationRoutes.ts';
import { addKeyRoutes } from './keyRoutes.ts';
import { addModelRoutes } from './modelRoutes.ts';
import { addOperationRoutes } from './operationRoutes.ts';
import { addPublicationRoutes } from './publicationRoutes.ts';
import { addPortalRoutes } from './portalRoutes.ts';
import { addSignInRoutes } from './signInRoutes.ts';
import { addBillingRoutes } from './billingRoutes.ts';
import { addCheckoutRoutes } from './checkoutRoutes.ts';
import { addProjectRoutes } from './projectRoutes.ts';
import { addRefundRoutes } from './refundRoutes.ts';
import { addSubscriptionRoutes } from './subscriptionRoutes.ts';
import { operations } from './openApi.ts';
import type { Env, RouteDeps } from './routeContext.ts';

/** Every route but chat completions, as a listener for Node's server. `onFault` is told what was no refusal. */
export function createRoutes(
  deps: RouteDeps,
  onFault: (error: unknown) => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const routes = new Hono<Env>();
  addOperationRoutes(routes, deps);
  addAccountRoutes(routes, deps);
  addModelRoutes(routes, deps);
  addGenerationRoutes(routes, deps);
  addSubscriptionRoutes(routes, deps);
  addPublicationRoutes(routes, deps);
  addKeyRoutes(routes, deps);
  addPortalRoutes(routes, deps);
  addSignInRoutes(routes, deps);
  addCheckoutRoutes(routes, deps);
  addBillingRoutes(routes, deps);
  addRefundRoutes(routes, deps);
  addProjectRoutes(routes, deps);
  routes.notFound((context) => answer(noSuchRoute(context.req.path)));
  routes.onError((error) => {
    if (error instanceof HttpRefusal) {
      if (error.cause !== undefined) onFault(error.cause);
      return answer(error);
    }
    onFault(error);
    return answer(new HttpRefusal('unavailable', 'Something went wrong here.'));
  });
  return getRequestListener((request, env) => routes.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) {
        return answer(new HttpRefusal('invalid_request', 'The address or the Host header is not valid.'));
      }
      onFault(error);
      return answer(new HttpRefusal('unavailable', 'Something went wrong here.'));
    },
  });
}

function answer(refusal: HttpRefusal): Response {
  return Response.json(refusal.body, { status: refusal.status, headers: refusal.headers });
}

/** A path that is served by other methods is 405 with their names, any other 404. */
function noSuchRoute(path: string): HttpRefusal {
  const methods = operations.filter((each) => patternOf(each.path).test(path)).map((each) => each.method.toUpperCase());
  if (methods.length === 0) return new HttpRefusal('not_found', 'There is nothing here.');
  return new HttpRefusal('method_not_allowed', `Only ${methods.join(', ')} is answered here.`, {
    headers: { allow: methods.join(', ') },
  });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
}

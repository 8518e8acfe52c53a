import express from 'express';
import { log } from './log.js';
import { createPages } from './pages.js';
import { beginSession, endSession, saveSession, secondsLeft, sessions, StoreUnavailable } from './sessions.js';

const MAX_NAME_LENGTH = 60;

/**
 * @param {object} options
 * @param {import('./config.js').Config} options.config
 * @param {import('./store-client.js').StoreClient} options.client
 * @param {string} options.cookieSecret
 * @param {string} options.instance name of this instance, shown to the visitor
 * @param {() => Promise<void>} options.ready fails while the store cannot be used
 */
export function createApp({ config, client, cookieSecret, instance, ready }) {
  const pages = createPages(instance, config);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 1); // the load balancer, and nothing before it, tells whether the visitor came over TLS

  // no store behind it: a store that is away is no reason to replace the tasks
  app.get('/healthz', (_request, response) => response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    try {
      await ready();
      response.json({ status: 'ok' });
    } catch (error) {
      log('warn', 'not ready', { error: error.message });
      response.status(503).json({ status: 'unavailable' });
    }
  });

  app.use(requestLog, securityHeaders(pages.contentSecurityPolicy), refuseOtherOrigins);
  app.use(express.urlencoded({ extended: false, limit: '4kb' }));
  app.use(sessions(config, client, cookieSecret));

  app.get('/', async (request, response) => {
    const { session } = request;
    if (!session.name) {
      response.send(pages.signIn());
    } else if (secondsLeft(session, config) <= 0) {
      await endSession(request);
      response.send(pages.signIn('Your session had reached its absolute limit. Please sign in again.'));
    } else {
      session.views += 1;
      await saveSession(request); // before the answer: nobody is shown what was not kept
      response.send(pages.signedIn(session, secondsLeft(session, config)));
    }
  });

  app.post('/sign-in', async (request, response) => {
    const name = String(request.body?.name ?? '').trim();
    if (!name || name.length > MAX_NAME_LENGTH) {
      response.status(400).send(pages.signIn(`A name of 1 to ${MAX_NAME_LENGTH} characters, please.`));
      return;
    }
    await beginSession(request, { name, signedInAt: Date.now(), signedInBy: instance, views: 0 });
    response.redirect(303, '/');
  });

  app.post('/sign-out', async (request, response) => {
    await endSession(request);
    response.redirect(303, '/');
  });

  app.use((_request, response) => response.status(404).send(pages.message('Not found', 'There is no such page.')));
  app.use(failures(pages));
  return app;
}

function requestLog(request, response, next) {
  const start = performance.now();
  response.on('finish', () => log('info', 'request', {
    method: request.method, path: request.path, status: response.statusCode, ms: Math.round(performance.now() - start),
  }));
  next();
}

const securityHeaders = (contentSecurityPolicy) => (_request, response, next) => {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  next();
};

/** A browser names the origin of every POST; beside SameSite this is what keeps other sites from signing a visitor in or out. */
function refuseOtherOrigins(request, _response, next) {
  const own = `${request.protocol}://${request.get('host')}`;
  const refused = request.method === 'POST' && request.get('origin') !== own;
  next(refused ? Object.assign(new Error('wrong origin'), { status: 403 }) : undefined);
}

const failures = (pages) => (error, request, response, next) => {
  const unavailable = error instanceof StoreUnavailable;
  const status = unavailable ? 503 : error.status ?? 500;
  if (status >= 500) {
    log('error', 'request failed', { path: request.path, error: error.message, cause: error.cause?.message });
  }
  if (response.headersSent) {
    next(error);
    return;
  }
  request.session = null; // or it would be written to the store that has just failed
  response.status(status);
  if (unavailable) {
    response.set('Retry-After', '2').send(pages.message('One moment, please',
      'The session store cannot be reached right now. You are not signed out: try again in a few seconds.'));
  } else if (status === 403) {
    response.send(pages.message('Refused', 'This form was sent from another site.'));
  } else if (status < 500) {
    response.send(pages.message('Refused', 'This request could not be understood.'));
  } else {
    response.send(pages.message('Something went wrong', 'The fault is ours and has been written to the log.'));
  }
};

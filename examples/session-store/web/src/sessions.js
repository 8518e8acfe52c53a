import { promisify } from 'node:util';
import { RedisStore } from 'connect-redis';
import session from 'express-session';

/** The session store could not be asked: no fault of the visitor, and no reason to forget the cookie. */
export class StoreUnavailable extends Error {
  constructor(cause) {
    super('The session store is unavailable.', { cause });
  }
}

/**
 * The session of each request. The cookie lives as long as the browser does; how long the session lives is the store's to say alone:
 * each use renews the idle timeout, but never beyond the absolute one.
 *
 * @param {import('./config.js').Config} config
 * @param {import('./store-client.js').StoreClient} client
 * @param {string} cookieSecret
 * @returns {import('express').RequestHandler}
 */
export function sessions(config, client, cookieSecret) {
  const middleware = (secure) => session({
    // one each: the middleware hangs the making of its cookies onto its store
    store: new RedisStore({
      client,
      prefix: config.store.keyPrefix,
      ttl: (data) => Math.min(config.idleSeconds, Math.ceil(secondsLeft(data, config))),
    }),
    secret: cookieSecret,
    // a browser takes a cookie with this prefix only from its very host, over TLS, for the path /
    name: secure ? '__Host-session' : 'session',
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    resave: false,
    saveUninitialized: false,
  });
  const [overTls, overPlainText] = [middleware(true), middleware(false)];

  return (request, response, next) => {
    const pick = request.secure ? overTls : overPlainText;
    pick(request, response, (error) => next(error && new StoreUnavailable(error)));
  };
}

/** How long until the session must end however much it is used. */
export function secondsLeft(data, config) {
  return (data.signedInAt + config.absoluteSeconds * 1000 - Date.now()) / 1000;
}

/**
 * Starts a session under a new id: an id that was known before the login must not be worth anything after it.
 *
 * @param {import('express').Request} request
 * @param {object} data
 */
export async function beginSession(request, data) {
  await call(request, 'regenerate');
  Object.assign(request.session, data);
  await saveSession(request);
}

export const saveSession = (request) => call(request, 'save');
export const endSession = (request) => call(request, 'destroy');

async function call(request, method) {
  try {
    await promisify(request.session[method]).call(request.session);
  } catch (error) {
    throw new StoreUnavailable(error);
  }
}

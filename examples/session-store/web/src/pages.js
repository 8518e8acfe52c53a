import { createHash } from 'node:crypto';
import { html, trusted } from './html.js';
import { styleSheet } from './style.js';

const ENGINES = { redis: 'Redis', valkey: 'Valkey' };

/**
 * The pages of one instance. They load nothing: the style sheet is part of each, and its hash the only thing the policy admits.
 *
 * @param {string} instance
 * @param {import('./config.js').Config} config
 */
export function createPages(instance, config) {
  const css = styleSheet(hue(instance));
  const page = (title, body) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Session store</title>
<link rel="icon" href="data:,">
<style>${trusted(css)}</style>
</head>
<body>
<main>
${body}
</main>
<footer>
<p>Answered by <b class="instance" id="instance">${instance}</b></p>
<p>Sessions live in ${ENGINES[config.store.engine] ?? 'a store of their own'}, not in the application: any instance knows you.</p>
</footer>
</body>
</html>
`.toString();

  return {
    contentSecurityPolicy: [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
      'img-src data:',
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),

    signIn: (notice) => page('Sign in', html`
<h1>Who is there?</h1>
${notice && html`<p class="notice" role="status">${notice}</p>`}
<form method="post" action="/sign-in">
<label for="name">Your name</label>
<div class="row">
<input id="name" name="name" required maxlength="60" autocomplete="nickname" placeholder="Ada Lovelace" autofocus>
<button>Sign in</button>
</div>
</form>
<p class="quiet">There is no password: this page demonstrates sessions, not accounts.</p>`),

    signedIn: (session, secondsLeft) => page(session.name, html`
<p class="eyebrow">Signed in</p>
<h1 id="name">${session.name}</h1>
<dl>
<div><dt>Since</dt><dd><time datetime="${new Date(session.signedInAt).toISOString()}">${utc(session.signedInAt)}</time></dd></div>
<div><dt>Signed in by</dt><dd id="signed-in-by">${session.signedInBy}</dd></div>
<div><dt>Page views</dt><dd id="views">${session.views}</dd></div>
<div><dt>Ends if unused for</dt><dd id="idle">${duration(Math.min(config.idleSeconds, secondsLeft))}</dd></div>
</dl>
<label class="limit" for="left"><span>Ends in any case in</span> <span id="absolute">${duration(secondsLeft)}</span></label>
<progress id="left" max="${config.absoluteSeconds}" value="${Math.round(secondsLeft)}"></progress>
<form class="row" method="post" action="/sign-out">
<a class="button" href="/">Load again</a>
<button class="plain">Sign out</button>
</form>`),

    message: (title, text) => page(title, html`
<h1>${title}</h1>
<p>${text}</p>
<p class="row"><a class="button" href="/">Try again</a></p>`),
  };
}

const GOLDEN_ANGLE = 137.5;

/** A colour for each instance, so that one sees at a glance that another one answered: neighbouring names lie far apart. */
function hue(instance) {
  const hash = [...instance].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 360_000, 0);
  return Math.round(hash * GOLDEN_ANGLE) % 360;
}

const utc = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The two largest units: 11 h 59 min, 29 min 30 s. */
function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [[Math.floor(whole / 3600), 'h'], [Math.floor(whole / 60) % 60, 'min'], [whole % 60, 's']];
  const first = parts.findIndex(([amount]) => amount > 0);
  return first < 0 ? '0 s' : parts.slice(first, first + 2).filter(([amount]) => amount > 0).map((part) => part.join('\u00a0')).join(' ');
}

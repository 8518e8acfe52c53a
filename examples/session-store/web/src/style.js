/**
 * The style sheet of all pages, in the colour of one instance.
 *
 * @param {number} hue 0–359
 */
export const styleSheet = (hue) => `
:root {
  color-scheme: light dark;
  --accent: light-dark(oklch(48% .16 ${hue}), oklch(78% .13 ${hue}));
  --on-accent: light-dark(#fff, oklch(20% .05 ${hue}));
  --tint: light-dark(oklch(95% .03 ${hue}), oklch(28% .05 ${hue}));
  --page: light-dark(oklch(97.5% .008 ${hue}), oklch(17% .015 ${hue}));
  --card: light-dark(#fff, oklch(22% .018 ${hue}));
  --line: light-dark(oklch(90% .012 ${hue}), oklch(33% .02 ${hue}));
  --text: light-dark(oklch(22% .02 ${hue}), oklch(95% .01 ${hue}));
  --quiet: light-dark(oklch(48% .02 ${hue}), oklch(74% .02 ${hue}));
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; padding: 1.5rem 1rem;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1.5rem;
  background: radial-gradient(60rem 30rem at 50% -8rem, var(--tint), transparent), var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main {
  width: 100%; max-width: 30rem; padding: clamp(1.5rem, 6vw, 2.5rem);
  background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 1rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / .06), 0 12px 32px -12px rgb(0 0 0 / .18);
}
h1 { margin: 0 0 1.25rem; font-size: clamp(1.6rem, 6vw, 2.1rem); line-height: 1.15; letter-spacing: -.02em; overflow-wrap: anywhere; }
.eyebrow { margin: 0 0 .25rem; color: var(--accent); font-size: .8rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; }
.quiet { margin: 1.25rem 0 0; color: var(--quiet); font-size: .9rem; }
.notice { margin: 0 0 1.25rem; padding: .65rem .9rem; background: var(--tint); border-left: 3px solid var(--accent); border-radius: .4rem; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0; }
label { display: block; margin-bottom: .4rem; font-weight: 600; }
input {
  flex: 1 1 12rem; min-width: 0; padding: .65rem .8rem; font: inherit; color: inherit;
  background: var(--page); border: 1px solid var(--line); border-radius: .6rem;
}
input::placeholder { color: var(--quiet); opacity: .8; }
button, .button {
  padding: .65rem 1.2rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .6rem;
}
button.plain { color: var(--text); background: transparent; border-color: var(--line); }
button:hover, .button:hover { filter: brightness(1.08); }
button.plain:hover { background: var(--tint); filter: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl { margin: 0 0 1.5rem; border-top: 1px solid var(--line); }
dl > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.limit { display: flex; justify-content: space-between; font-weight: 400; color: var(--quiet); }
.limit span + span { color: var(--text); font-weight: 600; font-variant-numeric: tabular-nums; }
progress {
  display: block; width: 100%; height: .5rem; margin-bottom: 1.75rem;
  appearance: none; border: 0; border-radius: 1rem; overflow: hidden; background: var(--line);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
footer { max-width: 30rem; text-align: center; color: var(--quiet); font-size: .85rem; }
footer p { margin: .25rem 0; }
.instance {
  display: inline-block; padding: .05rem .6rem;
  color: var(--accent); background: var(--tint); border-radius: 1rem; overflow-wrap: anywhere;
}
`;

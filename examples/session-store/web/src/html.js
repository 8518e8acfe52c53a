const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that `html` takes as it is; only `html` and `trusted` make it. */
class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/**
 * Tagged template: every value put in is escaped, unless it is markup made by `html` itself. Undefined and false leave nothing.
 *
 * @returns {Markup}
 */
export function html(strings, ...values) {
  return new Markup(String.raw({ raw: strings }, ...values.map(render)));
}

/** Markup of our own that is no template, such as a style sheet. Never for what a visitor sent. */
export const trusted = (text) => new Markup(text);

function render(value) {
  if (value instanceof Markup) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(render).join('');
  }
  return value === undefined || value === false ? '' : String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

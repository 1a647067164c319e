/**
 * Leaves out of the script tag's bundle what lit carries for browsers without constructable style
 * sheets: every browser with the WebRTC that a call needs has them. The npm modules import lit as
 * it is.
 */

const MODULE = '@lit/reactive-element/css-tag.js';

/** The same exports. A sheet is made when it is first adopted: modules may be imported where there is none. */
const STAND_IN = `
  export const supportsAdoptingStyleSheets = true;
  export class CSSResult {
    #sheet;
    constructor(cssText) {
      this.cssText = cssText;
    }
    get styleSheet() {
      if (!this.#sheet) (this.#sheet = new CSSStyleSheet()).replaceSync(this.cssText);
      return this.#sheet;
    }
    toString() {
      return this.cssText;
    }
  }
  export const unsafeCSS = (text) => new CSSResult(String(text));
  export const css = (strings, ...values) => unsafeCSS(String.raw({raw: strings}, ...values));
  export const adoptStyles = (root, styles) => {
    root.adoptedStyleSheets = styles.map((style) => style.styleSheet ?? style);
  };
  export const getCompatibleStyle = (style) => style;
`;

/** @returns {import('rollup').Plugin} */
export function slimLit() {
  let isSeen = false;
  return {
    name: 'slim-lit',
    load(id) {
      if (!id.replaceAll('\\', '/').endsWith(`/node_modules/${MODULE}`)) return null;
      isSeen = true;
      return STAND_IN;
    },
    buildEnd(error) {
      // A new version may lay its files out anew; better to hear of it than to ship the whole again.
      if (!error && !isSeen) this.error(`lit no longer has ${MODULE}`);
    },
  };
}

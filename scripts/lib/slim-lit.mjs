/**
 * Leaves out of the script tag's bundle what lit carries for browsers without constructable style
 * sheets (every browser with the WebRTC that a call needs has them), for other libraries that meet it
 * in a page, and for kinds of properties that the element does not have. The npm modules import lit
 * as it is.
 */
import {MagicString} from 'magic-string';

const STYLES_MODULE = '@lit/reactive-element/css-tag.js';

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

/**
 * Pieces of lit's modules that make no difference to the element, and what stands in their place; by the end of
 * a module's path. Each must be there once. What walks a list by itself (`forEach`) is a fifth of the code that a
 * `for…of` is to the browser, which keeps it twice where it is drawn often: as bytecode and compiled.
 * @type {Record<string, readonly (readonly [piece: string, instead: string])[]>}
 */
const SHORTENED = {
  '@lit/reactive-element/reactive-element.js': [
    // Decorators: the element declares its properties.
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);' +
        'if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    // No attribute is JSON, or a number.
    ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    ['case Number:i=null===t?null:Number(t);break;', ''],
    // No property has a symbol for a name.
    ['getOwnPropertySymbols:o,', ''],
    [
      'const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])',
      'const t=this.properties;r(t).forEach(i=>this.createProperty(i,t[i]))',
    ],
    // What is walked by itself.
    [
      'for(const[t,s]of this.elementProperties){const i=this._$Eu(t,s);void 0!==i&&this._$Eh.set(i,t)}',
      'this.elementProperties.forEach((s,t)=>{const i=this._$Eu(t,s);void 0!==i&&this._$Eh.set(i,t)}),',
    ],
    [
      'for(const i of s.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);',
      's.forEach((s,i)=>{this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i])}),',
    ],
    [
      'if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[t,s]of this._$Ep)this[t]=s;' +
        'this._$Ep=void 0}',
      'this.renderRoot??=this.createRenderRoot(),this._$Ep?.forEach((s,t)=>{this[t]=s}),' +
        'this._$Ep=void 0;',
    ],
    // No style sheet is there twice, and each is one already.
    [
      'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());' +
        'for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
      'return[s??[]].flat(1/0)',
    ],
    // No property is reflected, and none goes back to what it was when its attribute does.
    ['c=a.trustedTypes,l=c?c.emptyScript:"",', ''],
    [
      'toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;' +
        'case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},',
      '',
    ],
    ['this._$Em=null,this._$Ev()', 'this._$Ev()'],
    ['void 0!==e&&this._$Em!==e', 'void 0!==e'],
    ['this._$Em=e;const r', 'const r'],
    [
      '_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);' +
        'if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u)' +
        '.toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),' +
        'this._$Em=null}}',
      '',
    ],
    ['this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&' +
        '(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||' +
        '(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&' +
        '(this._$Eq??=new Set).add(t))}',
      'C(t,s){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s))}',
    ],
    ['this[e]=r??this._$Ej?.get(e)??r,this._$Em=null', 'this[e]=r'],
    // No update is called off, and nobody has a hand in when one is over.
    ['shouldUpdate(t){return!0}', ''],
    [
      'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),' +
        'this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}' +
        'catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)',
      'const s=this._$AL;try{this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)}' +
        'catch(t){throw this._$EM(),t}this._$AE(s)',
    ],
    ['this.getUpdateComplete()}getUpdateComplete(){return this._$ES}', 'this._$ES}'],
    // Nor has a property an accessor of the element's own.
    ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),', ''],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t)' +
        '{const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,' +
        'set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)}',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)}',
    ],
    // No other library is told that this one is here.
    ['p=a.reactiveElementPolyfillSupport,', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
  ],
  'lit-element/lit-element.js': [
    [
      ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;' +
        'o?.({LitElement:i});',
      ';',
    ],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    // No directive minds whether it is in the document.
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}' +
        'disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
    // There is nothing in the shadow root, styles least of all, before which to draw.
    [
      'createRenderRoot(){const t=super.createRenderRoot();' +
        'return this.renderOptions.renderBefore??=t.firstChild,t}',
      '',
    ],
  ],
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
    // No template fills in anything between the tags of an element of plain text.
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){' +
        'r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),' +
        'd.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['y.test(u[2])&&(n=RegExp("</"+u[2],"g")),', ''],
    // No template has a comment with something filled in.
    [
      'else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
      '',
    ],
    // Nor one with something filled in that is of an element, and of nothing that the element has.
    [
      'for(const t of r.getAttributeNames())if(t.endsWith(h)){',
      'r.getAttributeNames().forEach(t=>{if(t.endsWith(h)){',
    ],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', '});'],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      ':i=new r.ctor(h,r.name,r.strings,this,t)',
    ],
    [
      'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}' +
        'get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
      '',
    ],
    ['{M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', '{I:k}'],
    // None is compiled.
    [
      '{values:i,_$litType$:s}=t,e="number"==typeof s?this._$AC(t):' +
        '(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
      '{values:i}=t,e=this._$AC(t);',
    ],
    // No directive minds whether it is in the document.
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    ['for(this._$AP?.(!1,!0,s);', 'for(;'],
    ['(h?._$AO?.(!1),void 0===o', '(void 0===o'],
    // Nothing is drawn before something else.
    [
      'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;' +
        'e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}',
      'let h=i._$litPart$;if(void 0===h)i._$litPart$=h=new k(i.insertBefore(c(),null),null,void 0,s??{});',
    ],
    // What is walked by itself; none of it is missing.
    [
      'for(const s of this._$AV)void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),' +
        'i+=s.strings.length-2):s._$AI(t[i])),i++',
      'this._$AV.forEach(s=>{void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i]),i++})',
    ],
    [
      'for(const h of t)e===i.length?i.push(s=new k(this.O(c()),this.O(c()),this,this.options)):' +
        's=i[e],s._$AI(h),e++;',
      '[...t].forEach(h=>{e===i.length?i.push(s=new k(this.O(c()),this.O(c()),this,this.options)):' +
        's=i[e],s._$AI(h),e++}),',
    ],
    // What an attribute is for is said by its first letter.
    ['[f,v]=N(t,i)', 'f=N(t,i),v=f[1]'],
    [
      'e=/([.?@])?(.*)/.exec(i);d.push({type:1,index:l,name:e[2],strings:s,' +
        'ctor:"."===e[1]?I:"?"===e[1]?L:"@"===e[1]?z:H})',
      'e={".":I,"?":L,"@":z}[i[0]];d.push({type:1,index:l,name:e?i.slice(1):i,strings:s,ctor:e??H})',
    ],
    // None is of SVG or MathML alone.
    ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      ',2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(',
      ');for(',
    ],
    ['if(this.el=S.createElement(f,e)', '(this.el=S.createElement(f[0],e)'],
  ],
};

/** Something filled in right before the end of an element of plain text; or a template of another language than HTML. */
const NOT_DRAWN = /\}\s*<\/(?:script|style|textarea|title)>|\b(?:svg|mathml)`/;

/** What hangs on pieces that are cut: directives that mind whether they are in the document, or are of an element alone. */
const BEYOND = ['lit-html/async-directive.js', 'lit-html/directives/ref.js'];

/** @returns {import('rollup').Plugin} */
export function slimLit() {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {string} id @param {string} end */
  const isModule = (id, end) => id.replaceAll('\\', '/').endsWith(`/node_modules/${end}`);
  return {
    name: 'slim-lit',
    load(id) {
      if (!isModule(id, STYLES_MODULE)) return null;
      seen.add(STYLES_MODULE);
      return STAND_IN;
    },
    transform(code, id) {
      if (BEYOND.some((end) => isModule(id, end)))
        this.error(`lit is cut so that it cannot do ${id}`);
      if (NOT_DRAWN.test(code)) this.error(`${id}: lit is cut so that it cannot draw this.`);
      const found = Object.entries(SHORTENED).find(([end]) => isModule(id, end));
      if (found === undefined) return null;
      const [end, pieces] = found;
      seen.add(end);
      const result = new MagicString(code);
      for (const [piece, instead] of pieces) {
        const start = code.indexOf(piece);
        if (start < 0 || code.includes(piece, start + 1)) {
          this.error(`${end} no longer has, or has twice: ${piece}`);
        }
        result.update(start, start + piece.length, instead);
      }
      return {code: result.toString(), map: result.generateMap({hires: true, source: id})};
    },
    buildEnd(error) {
      // A new version may lay its files out anew; better to hear of it than to ship the whole again.
      const missed = [STYLES_MODULE, ...Object.keys(SHORTENED)].filter((end) => !seen.has(end));
      if (!error && missed.length > 0) this.error(`lit no longer has ${missed.join(', ')}`);
    },
  };
}

/**
 * What custom-elements.json tells of the element: its public face as users of the package see it,
 * with the paths of the published files. Everything private or inherited from Lit is left out.
 */

/** Overridden for Lit's or the browser's sake; nothing a page should call. */
const LIFECYCLE = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'adoptedCallback',
  'attributeChangedCallback',
  'createRenderRoot',
  'firstUpdated',
  'render',
  'requestUpdate',
  'shouldUpdate',
  'update',
  'updated',
  'willUpdate',
]);

/** @param {Member} member */
function isPublic({name, privacy, static: isStatic}) {
  return (
    !name.startsWith('#') && !isStatic && !LIFECYCLE.has(name) && (privacy ?? 'public') === 'public'
  );
}

/** @param {string} path */
const toPublished = (path) => `dist/${path.replace(/\.ts$/, '.js')}`;

/**
 * What this file touches of a manifest; the whole is in the package custom-elements-manifest.
 * @typedef {{name: string, privacy?: string, static?: boolean, inheritedFrom?: object}} Member
 * @typedef {{tagName?: string, members?: Member[], attributes?: Member[],
 *   events?: Member[], slots?: Member[], cssParts?: Member[], cssProperties?: Member[]}} Declaration
 * @typedef {{path: string, declarations?: Declaration[],
 *   exports?: {kind: string, declaration?: {module?: string}}[]}} Module
 */

const publicFace = {
  name: 'public-face',
  /** @param {{customElementsManifest: {modules: Module[]}}} context */
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) {
      for (const {declaration} of module.exports ?? []) {
        if (declaration?.module) {
          declaration.module = toPublished(declaration.module.replace(/^\//, ''));
        }
      }
      module.path = toPublished(module.path);
      // The base classes' members are among the element's own by now.
      module.declarations = (module.declarations ?? [])
        .filter(({tagName}) => tagName !== undefined)
        .map((declaration) => ({
          ...declaration,
          members: (declaration.members ?? []).filter(isPublic).map(withoutOrigin),
          attributes: (declaration.attributes ?? []).map(withoutOrigin),
          events: (declaration.events ?? []).map(withoutOrigin),
          slots: (declaration.slots ?? []).map(withoutOrigin),
          cssParts: (declaration.cssParts ?? []).map(withoutOrigin),
          cssProperties: (declaration.cssProperties ?? []).map(withoutOrigin),
        }));
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(
      ({declarations, exports}) =>
        declarations?.length || exports?.some(({kind}) => kind === 'custom-element-definition'),
    );
  },
};

/**
 * In which of our files a member stands is nobody's business but ours.
 * @param {Member} member
 */
function withoutOrigin(member) {
  const copy = {...member};
  delete copy.inheritedFrom;
  return copy;
}

export default {
  // Base classes first: the analyzer hands their members down.
  globs: [
    'widget/call-attributes.ts',
    'widget/call-readout.ts',
    'widget/call-devices.ts',
    'widget/call-doctor.ts',
    'widget/call-talk.ts',
    'widget/video-chat-room.ts',
    'widget/define.ts',
  ],
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [publicFace],
};

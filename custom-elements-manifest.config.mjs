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

/** @param {{name: string, privacy?: string, static?: boolean, description?: string}} member */
function isPublic({name, privacy, static: isStatic}) {
  return (
    !name.startsWith('#') && !isStatic && !LIFECYCLE.has(name) && (privacy ?? 'public') === 'public'
  );
}

/** @param {string} path */
const toPublished = (path) => `dist/${path.replace(/\.ts$/, '.js')}`;

const publicFace = {
  name: 'public-face',
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) {
      module.path = toPublished(module.path);
      for (const {declaration} of module.exports ?? []) {
        if (declaration?.module)
          declaration.module = toPublished(declaration.module.replace(/^\//, ''));
      }
      for (const declaration of module.declarations ?? []) {
        declaration.members = declaration.members?.filter(isPublic);
      }
      // Helpers beside the class are not what the manifest is about.
      module.declarations = module.declarations?.filter((declaration) => declaration.customElement);
    }
  },
};

export default {
  globs: ['widget/video-chat-room.ts', 'widget/define.ts'],
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [publicFace],
};

/**
 * Describes the element from the comments in its source: `dist/custom-elements.json` for editors
 * and frameworks, and out of that `docs/API.md` for people. Neither is written by hand, and a test
 * fails while the committed page is not what comes out here.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
// @ts-expect-error it comes without types
import {cli} from '@custom-elements-manifest/analyzer/cli.js';
import {format, resolveConfig} from 'prettier';
import {ROOT} from './lib/project.mjs';

const ELEMENT_SOURCE = 'widget/video-chat-room.ts';
export const MANIFEST_PATH = join(ROOT, 'dist', 'custom-elements.json');
export const API_PAGE_PATH = join(ROOT, 'docs', 'API.md');

/**
 * @typedef {{name: string, description?: string, type?: {text: string}, default?: string}} Described
 * @typedef {Described & {kind: 'field' | 'method', attribute?: string, readonly?: boolean,
 *   parameters?: (Described & {optional?: boolean})[], return?: {type?: {text: string}}}} Member
 * @typedef {{name: string, tagName?: string, summary?: string, description?: string, members?: Member[],
 *   attributes?: (Described & {fieldName?: string})[], events?: Described[], slots?: Described[],
 *   cssParts?: Described[], cssProperties?: Described[]}} Element
 */

/** @returns {Promise<string>} custom-elements.json's text */
export async function createManifest() {
  const argv = ['analyze', '--config', 'custom-elements-manifest.config.mjs'];
  const manifest = await cli({argv, cwd: ROOT, noWrite: true});
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * @param {string} manifestText
 * @returns {Promise<string>} the page's Markdown
 */
export async function createApiPage(manifestText) {
  /** @type {{modules: {declarations?: Element[]}[]}} */
  const manifest = JSON.parse(manifestText);
  const element = manifest.modules
    .flatMap(({declarations}) => declarations ?? [])
    .find(({tagName}) => tagName !== undefined);
  if (!element) throw new Error(`no custom element with an @tagname in ${ELEMENT_SOURCE}`);
  const members = element.members ?? [];
  const isAttribute = (/** @type {Member} */ {attribute}) => attribute !== undefined;
  const fields = members.filter(({kind}) => kind === 'field');
  const bareAttributes = (element.attributes ?? [])
    .filter(({fieldName}) => fieldName === undefined)
    .map((attribute) => [code(attribute.name), '', ...typed(attribute), attribute.description]);
  const sections = [
    `# \`<${element.tagName}>\``,
    `<!-- Made from the comments in ${ELEMENT_SOURCE} by \`npm run build\`; edit those. -->`,
    element.summary ?? '',
    element.description ?? '',
    table(
      'Attributes and their properties',
      ['Attribute', 'Property', 'Type', 'Default', 'Meaning'],
      fields
        .filter(isAttribute)
        .map((field) => [
          code(field.attribute),
          code(field.name),
          ...typed(field),
          field.description,
        ])
        .concat(bareAttributes),
    ),
    table(
      'Properties without an attribute',
      ['Property', 'Type', 'Default', 'Meaning'],
      fields
        .filter((field) => !isAttribute(field) && !field.readonly)
        .map((field) => [code(field.name), ...typed(field), field.description]),
    ),
    table(
      'State (read only)',
      ['Property', 'Type', 'Meaning'],
      fields
        .filter((field) => !isAttribute(field) && field.readonly)
        .map((field) => [code(field.name), code(field.type?.text), field.description]),
    ),
    table(
      'Methods',
      ['Method', 'Returns', 'Meaning'],
      members
        .filter(({kind}) => kind === 'method')
        .map((method) => [
          code(signature(method)),
          code(method.return?.type?.text),
          method.description,
        ]),
    ),
    table(
      'Events',
      ['Event', '`detail`', 'Meaning'],
      (element.events ?? []).map((event) => [
        code(event.name),
        code(event.type?.text.replace(/^CustomEvent<([\s\S]*)>$/, '$1')),
        event.description,
      ]),
    ),
    table(
      'Slots',
      ['Slot', 'Meaning'],
      (element.slots ?? []).map((slot) => [
        slot.name ? code(slot.name) : '(default)',
        slot.description,
      ]),
    ),
    table(
      'Parts',
      ['`::part()`', 'Meaning'],
      (element.cssParts ?? []).map((part) => [code(part.name), part.description]),
    ),
    table(
      'CSS custom properties',
      ['Property', 'Default', 'Meaning'],
      (element.cssProperties ?? []).map((property) => [
        code(property.name),
        code(property.default),
        property.description,
      ]),
    ),
  ];
  const markdown = sections.filter((section) => section !== '').join('\n\n');
  return format(markdown, {...(await resolveConfig(API_PAGE_PATH)), parser: 'markdown'});
}

/**
 * @param {string} title
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | undefined)[])[]} rows
 */
function table(title, head, rows) {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))];
  return `## ${title}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}`;
}

/** @param {string | undefined} text */
const cell = (text = '') => text.replace(/\s*\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|');

/** @param {string | undefined} text */
const code = (text) => (text ? `\`${text.replace(/\s*\n\s*/g, ' ')}\`` : '');

/** @param {Described} field */
const typed = ({type, default: initial}) => [code(type?.text), code(initial)];

/** @param {Member} method */
function signature({name, parameters = []}) {
  const list = parameters.map((parameter) => {
    const optional = parameter.optional || parameter.default !== undefined ? '?' : '';
    return `${parameter.name}${optional}`;
  });
  return `${name}(${list.join(', ')})`;
}

/** Writes both files; nothing while the element does not exist. */
export async function writeApiDocs() {
  if (!existsSync(join(ROOT, ELEMENT_SOURCE))) return;
  const manifest = await createManifest();
  writeFileSync(MANIFEST_PATH, manifest);
  const page = await createApiPage(manifest);
  const current = existsSync(API_PAGE_PATH) ? readFileSync(API_PAGE_PATH, 'utf8') : '';
  if (page === current) return;
  mkdirSync(dirname(API_PAGE_PATH), {recursive: true});
  writeFileSync(API_PAGE_PATH, page);
}

/**
 * `npm run gallery`: writes the contact sheets of every look, in full size, and the page that they are
 * taken of below `.cache/visual/`. With `--update` it renews the kept pictures of the screens that have
 * changed instead.
 */
import {parseArgs} from 'node:util';
import {clearOutput, keep, keptNames, keptPicture, writeOutput} from './kept.js';
import {LOOKS} from './looks.js';
import {galleryFiles, openStudio, type Studio} from './studio.js';

const {values} = parseArgs({options: {update: {type: 'boolean', default: false}}});

const studio = await openStudio();
try {
  await (values.update ? update(studio) : show(studio));
} finally {
  await studio.close();
}

async function show({take}: Studio): Promise<void> {
  clearOutput('sheets');
  for (const look of LOOKS) {
    const {png} = await take(look);
    console.log(writeOutput(`sheets/${look.name}.png`, Buffer.from(png, 'base64')));
  }
  const pages = Object.entries(await galleryFiles()).map(([name, text]) =>
    writeOutput(`gallery/${name}`, text),
  );
  const page = pages.find((path) => path.endsWith('.html'));
  console.log(`\nThe page itself: ${page}?theme=dark&dir=rtl&width=320&height=560`);
}

async function update({take, judge}: Studio): Promise<void> {
  const names = new Set<string>();
  for (const look of LOOKS) {
    for (const name of await judge.add(await take(look))) names.add(name);
  }
  for (const name of names) {
    const kept = keptPicture(name);
    if (kept !== null && (await judge.compare(name, kept)).length === 0) continue;
    keep(name, await judge.pictureOf(name));
    console.log(`${kept === null ? 'new' : 'changed'}: ${name}`);
  }
  for (const name of keptNames().filter((each) => !names.has(each))) {
    keep(name, null);
    console.log(`gone: ${name}`);
  }
}

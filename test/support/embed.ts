/**
 * A relay with the built bundle, and a web site of another origin whose pages have the tag in them,
 * under the strict Content-Security-Policy that the documentation promises to be enough.
 */
import {startStaticSite} from './e2e.js';
import {startRelay, type Teardown} from './relay.js';
import type {RelayServerOptions} from '../../server/server.js';

export interface Embedding {
  readonly relayUrl: string;
  /** Another origin than the relay's. */
  readonly siteUrl: string;
  /** The address of a page whose element has these attributes (`true` for one without a value). */
  page(attributes?: Readonly<Record<string, string | true>>): string;
}

/**
 * @param policy.connect What pages may connect to besides the relay.
 * @param policy.webSocket Whether WebSocket is among it.
 */
export async function startEmbedding(
  t: Teardown,
  options: RelayServerOptions = {},
  {connect = '', webSocket = true}: {connect?: string; webSocket?: boolean} = {},
): Promise<Embedding> {
  const relay = await startRelay(t, options);
  const relayUrl = `http://127.0.0.1:${relay.port}`;
  const files: Record<string, string> = {'/icon.svg': ''};
  const site = await startStaticSite(files, {
    'content-security-policy':
      `default-src 'self'; script-src 'self' ${relayUrl}; ` +
      `connect-src ${relayUrl} ${webSocket ? relayUrl.replace('http', 'ws') : ''} ${connect}`,
  });
  t.after(() => site.close());
  return {
    relayUrl,
    siteUrl: site.origin,
    page(attributes = {}) {
      const written = Object.entries(attributes).map(([name, value]) =>
        value === true ? name : `${name}="${value.replaceAll('"', '&quot;')}"`,
      );
      const path = `/${Object.keys(files).length + 1}`;
      files[path] = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A page with the tag in it</title>
  <link rel="icon" href="/icon.svg" />
  <script type="module" src="${relayUrl}/video-chat-room.js"></script>
  <video-chat-room ${written.join(' ')}></video-chat-room>
</html>`;
      return site.origin + path;
    },
  };
}

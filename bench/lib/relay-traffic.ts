/** Counts what passes a server through the WebSockets of some pages, as Chromium tells it. */
import type {Page} from 'puppeteer-core';

export class RelayTraffic {
  readonly #isHeartbeat: (frame: string) => boolean;
  #count = 0;

  /** @param isHeartbeat Whether a frame comes again and again, whatever happens, and does not count. */
  constructor(isHeartbeat: (frame: string) => boolean = () => false) {
    this.#isHeartbeat = isHeartbeat;
  }

  /** To be called before the page loads anything. Messages count where they are sent and where they arrive. */
  async listen(page: Page): Promise<void> {
    const cdp = await page.createCDPSession();
    await cdp.send('Network.enable');
    for (const direction of ['Sent', 'Received'] as const) {
      cdp.on(`Network.webSocketFrame${direction}`, ({response}) => {
        if (!this.#isHeartbeat(response.payloadData)) this.#count += 1;
      });
    }
  }

  /** Counts from here on. */
  begin(): void {
    this.#count = 0;
  }

  get count(): number {
    return this.#count;
  }
}

/** Whether there is anything at a relay's address, asked by the web: no connection to it is made or kept. */

/** An answer that cannot be read is an answer: the relay's health check is for nobody's page. */
export async function relayAnswers(relayUrl: string, patienceMs: number): Promise<boolean> {
  try {
    const url = new URL('healthz', relayUrl.replace(/\/?$/, '/'));
    const signal = AbortSignal.timeout(patienceMs);
    // Without cookies, browsers keep the connections of a question apart. Firefox gives one that still hangs, as in a
    // network that is gone, to the next request of its kind, however new the network is.
    await fetch(url, {mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal});
    return true;
  } catch {
    return false;
  }
}

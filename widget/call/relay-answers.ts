/** Whether there is anything at a relay's address, asked by the web: no connection to it is made or kept. */

/** An answer that cannot be read is an answer: the relay's health check is for nobody's page. */
export async function relayAnswers(relayUrl: string, patienceMs: number): Promise<boolean> {
  try {
    const url = new URL('healthz', relayUrl.replace(/\/?$/, '/'));
    const signal = AbortSignal.timeout(patienceMs);
    await fetch(url, {mode: 'no-cors', cache: 'no-store', signal});
    return true;
  } catch {
    return false;
  }
}

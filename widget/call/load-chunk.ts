/** Fetching a chunk that may not be there for the moment. Knows nothing of what is in it. */

/**
 * As `load()`, an `import()` of the chunk. A browser may remember for the life of the page that a
 * module could not be fetched (Firefox does; https://github.com/whatwg/html/issues/6768). Under
 * another address it is asked for again, and both browsers name the address that failed.
 */
export async function loadChunk<Chunk>(load: () => Promise<Chunk>): Promise<Chunk> {
  try {
    return await load();
  } catch (error) {
    const url = /https?:\S+\.js/.exec(String(error))?.[0];
    if (url === undefined) throw error;
    return (await import(`${url}?${Date.now()}`)) as Chunk;
  }
}

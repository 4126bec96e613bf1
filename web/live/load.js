// Fetches WebAssembly, with a message for each way in which that can fail.

/** Why WebAssembly cannot run, where it cannot. */
export const FORBIDDEN =
  'this page or this browser does not allow WebAssembly';

/** The header of every module, and the smallest valid one. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Whether WebAssembly cannot run here. Browsers word that refusal differently,
 * so an empty module is tried.
 */
export async function forbidden() {
  try {
    await WebAssembly.compile(EMPTY);
    return false;
  } catch {
    // For whoever made the page: a reader can change nothing about it.
    console.info("droppoint: WebAssembly cannot run here. If this page has a Content-Security-Policy, its script-src needs 'wasm-unsafe-eval'.");
    return true;
  }
}

/**
 * A successful response.
 * @param {URL} url
 * @param {string} name what is loaded, in the plural, for a sentence
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 * @throws {Error} with a sentence, or the signal's reason
 */
export async function requested(url, name, signal) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw lost(name, error, signal);
  }
  if (!response.ok) {
    throw new Error(`${name} could not be loaded: the server answered ${response.status} for ${url.pathname}.`);
  }
  return response;
}

/**
 * @param {string} name
 * @param {unknown} cause
 * @param {AbortSignal} [signal]
 */
function lost(name, cause, signal) {
  signal?.throwIfAborted();
  return new Error(
    `${name} could not be loaded: there is no connection, or this page forbids the request.`,
    { cause },
  );
}

/**
 * The bytes of a WebAssembly module. Its MIME type may be wrong, as with many
 * static hosts; its content may not.
 * @param {URL} url
 * @param {string} name what is loaded, in the plural, for a sentence
 * @param {object} [options]
 * @param {AbortSignal} [options.signal]
 * @param {number} [options.size] the bytes that will come, if that is known
 * @param {(loaded: number, total: number | undefined) => void} [options.onProgress]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {Error} with a sentence, or the signal's reason
 */
export async function fetched(url, name, { signal, size, onProgress } = {}) {
  const response = await requested(url, name, signal);
  /** @type {Uint8Array<ArrayBuffer>} */
  let bytes;
  try {
    bytes = onProgress
      ? await watched(response, size, onProgress)
      : new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw lost(name, error, signal);
  }
  if (EMPTY.subarray(0, 4).some((byte, i) => bytes[i] !== byte)) {
    const type = response.headers.get('content-type') ?? 'something';
    throw new Error(`${name} could not be loaded: the server sent ${type} instead of WebAssembly.`);
  }
  return bytes;
}

/**
 * @param {Response} response
 * @param {number | undefined} size
 * @param {(loaded: number, total: number | undefined) => void} onProgress
 */
async function watched(response, size, onProgress) {
  const { body, headers } = response;
  // With a Content-Encoding, Content-Length is not the number of bytes read here.
  const length = headers.has('content-encoding') ? 0 : Number(headers.get('content-length'));
  const total = size ?? (length || undefined);
  /** @type {Uint8Array[]} */
  const parts = [];
  let loaded = 0;
  onProgress(loaded, total);
  if (body) {
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      loaded += value.length;
      onProgress(loaded, total);
    }
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

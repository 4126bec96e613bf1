// Fetches files from the folder of the script, on any page.

const here = import.meta.url;

/** @param {string} path relative to the script */
export const asset = (path) => new URL(path, here).href;

/** An error with a message for the reader of the page. */
export class PageError extends Error {
  /**
   * @param {string} message
   * @param {{ name: string, names: string[] }} [choice] a name that is none of those there are
   */
  constructor(message, choice) {
    super(message);
    this.choice = choice;
  }
}

/**
 * @param {string} path
 * @param {string} what for the sentence: "the data of save-file"
 */
export async function fetchJson(path, what) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(asset(path));
  } catch {
    throw new PageError(`${what} could not be loaded: offline, or blocked by this page.`);
  }
  if (!response.ok) {
    throw new PageError(`${what} could not be loaded: the server answered ${response.status}.`);
  }
  try {
    return await response.json();
  } catch {
    throw new PageError(`${what} could not be read: it is not JSON.`);
  }
}

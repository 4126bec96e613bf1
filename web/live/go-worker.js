// One run of a Go program, in a worker that ends after it.

/** @type {any} */
const scope = globalThis;

scope.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  const { module, exec, request } = data;
  try {
    // Sets globalThis.Go.
    await import(/* @vite-ignore */ exec);
    const go = new scope.Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    // It ends with the worker, so nobody waits for it; what it has to say at a
    // bad end is in the answer that does not come.
    go.run(instance).catch(() => {});
    const lines = scope.droppointGo(request);
    if (typeof lines !== 'string') {
      throw new Error('it never returned');
    }
    scope.postMessage({ lines });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    scope.postMessage({ error: `The Go program failed (${why}).` });
  }
};

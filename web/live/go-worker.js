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
    // It ends with the worker, so it is not awaited. If it fails, there is no answer,
    // and that is reported below.
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

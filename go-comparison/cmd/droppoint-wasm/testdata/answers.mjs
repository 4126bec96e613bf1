// Answers each line of standard input, one after the other, in one
// instance: node answers.mjs wasm_exec.js droppoint.wasm < requests
// Nothing of Node's is given to the program, as in a browser.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const [exec, program] = process.argv.slice(2);
createRequire(import.meta.url)(exec); // defines globalThis.Go

const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(program), go.importObject);
go.run(instance);
for (const request of readFileSync(0, 'utf8').split('\n')) {
  // Not process.stdout, which keeps what a slow reader does not take: the exit
  // below would lose it.
  let rest = Buffer.from(globalThis.droppointGo(request));
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}
process.exit(0); // the program itself waits for requests for ever

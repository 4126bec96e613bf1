// The WebAssembly as it lies on the disk.

import { readFile } from 'node:fs/promises';

export const BYTES = await readFile(new URL('../../../pkg/droppoint_bg.wasm', import.meta.url));

// The WebAssembly, loaded from the disk.

import init, * as api from '../../../pkg/droppoint.js';
import { BYTES } from './bytes.js';

const exports = await init({ module_or_path: BYTES });

export const wasm = { ...api, memory: () => exports.memory };

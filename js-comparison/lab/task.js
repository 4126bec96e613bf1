// What a task may do under its name.
//
// JavaScript has no spawn: who calls an async function without awaiting it has
// started something. `spawn` calls such a function and gives what it does a name
// of its own (as AsyncLocalStorage.run does in Node, which pages do not have).

import { atFor } from './at.js';

/** @import { Lab } from './lab.js' */
/** @import { Task } from './types.js' */

/**
 * @param {Lab} lab
 * @param {string} name
 * @returns {Task}
 */
export function taskOf(lab, name) {
  const { arm, recorder } = lab;
  let children = 0;
  return {
    name,
    at: atFor(recorder, name),
    sleep: arm.sleep(name),
    setInterval: (...args) => arm.interval(name)(...args),
    exit: (code = 0) => lab.exit(code),

    // The promise is not looked at in here: one that is rejected and that the
    // program forgets has to stay unhandled.
    async spawn(run) {
      children += 1;
      const child = `${name}.${children}`;
      recorder.record(child, 'task-spawned', { parent: name });
      try {
        return await run(taskOf(lab, child));
      } finally {
        recorder.record(child, 'task-finished');
      }
    },
  };
}

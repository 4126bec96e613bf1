// `poll-by-hand`: who takes part, and what the programs are given.

import * as programs from '../scenarios/poll-by-hand.js';

/** @import { At, Scenario, Task } from '../lab/types.js' */
/** @import { Recorder } from '../lab/recorder.js' */

/** @typedef {(sound: string) => void} Listener */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {{ on(listener: Listener): void, off(listener: Listener): void }} bell
 */

/**
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const pollByHand = {
  id: 'poll-by-hand',
  who: 'in-process',
  caller: 'a',
  probes: [],
  others: ['bell'],
  steps: { 1: 'listening' },
  variants: {
    'no-signal': programs.noSignal,
    'raced': programs.raced,
    'cleared': programs.cleared,
  },

  stage(lab) {
    const place = 'registrations';
    const bell = lab.place(place, new Bell(lab.recorder, place));
    const rung = lab.flag('rung');

    return {
      call: (program, { name, at }, signal) =>
        program({ at, bell: bell.for(name) }, { signal }),

      others: {
        /** @param {Task} task */
        async bell({ name, sleep }) {
          await sleep(10);
          rung.for(name).raise();
          bell.ring();
        },
      },
    };
  },
};

/** Calls whoever is registered, and knows each by the name of its task. */
class Bell {
  /** @type {Map<Listener, string>} */
  #registered = new Map();
  #recorder;
  #place;

  /**
   * @param {Recorder} recorder
   * @param {string} place
   */
  constructor(recorder, place) {
    this.#recorder = recorder;
    this.#place = place;
  }

  /**
   * @param {string} task
   * @returns {Env['bell']}
   */
  for(task) {
    /** @param {'add' | 'remove'} op */
    const report = (op) =>
      this.#recorder.effect(task, { place: this.#place, op, item: task });
    return {
      on: (listener) => {
        this.#registered.set(listener, task);
        report('add');
      },
      off: (listener) => {
        if (this.#registered.delete(listener)) report('remove');
      },
    };
  }

  ring() {
    // As an EventEmitter does it: whoever is registered now is called.
    for (const listener of [...this.#registered.keys()]) listener('ding');
  }

  state() {
    return { set: [...this.#registered.values()].sort() };
  }
}

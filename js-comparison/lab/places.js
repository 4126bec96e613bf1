// A set, a number and a flag that report their changes when they change.
// `for(task)` is the same thing seen by one task, so that a report carries its
// name.

/** @import { Count, NameSet } from './types.js' */
/** @import { Recorder } from './recorder.js' */

/** A `Set` of names. */
export class Names {
  /** The set itself. */
  #names;
  #recorder;
  #place;

  /**
   * @param {Recorder} recorder
   * @param {string} place
   * @param {Set<string>} [names] the set that holds them
   */
  constructor(recorder, place, names = new Set()) {
    this.#recorder = recorder;
    this.#place = place;
    this.#names = names;
  }

  /**
   * The set under a task's name.
   * @param {string} task
   * @returns {NameSet}
   */
  for(task) {
    const names = this.#names;
    /** @param {'add' | 'remove'} op @param {string} item */
    const report = (op, item) =>
      this.#recorder.effect(task, { place: this.#place, op, item });
    return {
      add(item) {
        // A second `add` of the same name changes nothing: no effect.
        const fresh = !names.has(item);
        names.add(item);
        if (fresh) report('add', item);
      },
      delete(item) {
        const gone = names.delete(item);
        if (gone) report('remove', item);
        return gone;
      },
      has: (item) => names.has(item),
      get size() {
        return names.size;
      },
    };
  }

  /** The names in it, asked of the set itself. */
  state() {
    return { set: [...this.#names].sort() };
  }
}

/** A whole number. */
export class Amount {
  #value = 0;
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
   * @returns {Count}
   */
  for(task) {
    return {
      add: (n) => {
        this.#value += n;
        this.#recorder.effect(task, { place: this.#place, op: 'change', n });
      },
    };
  }

  state() {
    return { number: this.#value };
  }
}

/** Up or down. */
export class Flag {
  #up = false;
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

  /** @param {string} task */
  for(task) {
    return {
      raise: () => {
        // A second time changes nothing: no effect.
        if (this.#up) return;
        this.#up = true;
        this.#recorder.effect(task, { place: this.#place, op: 'raise' });
      },
    };
  }

  state() {
    return { flag: this.#up };
  }
}

// A set, a number and a flag that report their changes.
//
// `for(task)` returns the place as one task sees it: its effects carry the name
// of the task.

/** @import { Counter, NameSet } from './types.js' */
/** @import { Recorder } from './recorder.js' */

/** A set of names. */
export class SetPlace {
  #names;
  #recorder;
  #place;

  /**
   * @param {Recorder} recorder
   * @param {string} place
   * @param {Set<string>} [names] the set that holds the names
   */
  constructor(recorder, place, names = new Set()) {
    this.#recorder = recorder;
    this.#place = place;
    this.#names = names;
  }

  /**
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
        // Adding a name again changes nothing: no effect.
        const added = !names.has(item);
        names.add(item);
        if (added) report('add', item);
      },
      delete(item) {
        const deleted = names.delete(item);
        if (deleted) report('remove', item);
        return deleted;
      },
      has: (item) => names.has(item),
      get size() {
        return names.size;
      },
    };
  }

  state() {
    return { set: [...this.#names].sort() };
  }
}

/** An integer. */
export class NumberPlace {
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
   * @returns {Counter}
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

/** A flag that can be raised once. */
export class FlagPlace {
  #raised = false;
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
        // Raising it again changes nothing: no effect.
        if (this.#raised) return;
        this.#raised = true;
        this.#recorder.effect(task, { place: this.#place, op: 'raise' });
      },
    };
  }

  state() {
    return { flag: this.#raised };
  }
}

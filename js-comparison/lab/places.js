// A lock and a set that report their changes when they change. `for(task)` is
// the same thing seen by one task, so that a report carries its name.

/** @import { NameSet } from './types.js' */
/** @import { Recorder } from './recorder.js' */

/** A mutex of promises: whoever asks gets in line behind who asked before. */
export class Lock {
  #recorder;
  #place;
  #held = false;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

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
      /** Resolves, once it is this task's turn, to the function that unlocks. */
      acquire: () => this.#acquire(task),
    };
  }

  /**
   * @param {string} task
   * @returns {Promise<() => void>}
   */
  async #acquire(task) {
    const before = this.#last;
    let letNext = () => {};
    this.#last = new Promise((resolve) => {
      letNext = resolve;
    });
    await before;
    this.#set(task, true);
    let mine = true;
    return () => {
      // By now it may be somebody else's.
      if (!mine) throw new Error('unlocked twice');
      mine = false;
      this.#set(task, false);
      letNext();
    };
  }

  /**
   * @param {string} task
   * @param {boolean} held
   */
  #set(task, held) {
    this.#held = held;
    const op = held ? 'raise' : 'lower';
    this.#recorder.effect(task, { place: this.#place, op, item: task });
  }

  /** Whether it is held, asked of the lock itself. */
  state() {
    return { flag: this.#held };
  }
}

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

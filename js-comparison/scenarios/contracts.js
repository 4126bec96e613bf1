// Generated from scenarios/*.toml by `just contracts`: what the runner must know
// of each scenario. Edit the contract, not this file.

export const contracts = {
  "save-file": {
    "who": "client",
    "caller": "a",
    "probes": [
      "b",
      "c"
    ],
    "others": [],
    "real": true,
    "steps": {
      "1": "locking",
      "2": "writing",
      "3": "waiting",
      "4": "indexing"
    },
    "variants": [
      {
        "name": "naive",
        "about": "Knows no signal: a promise cannot be stopped, so it runs to its end."
      },
      {
        "name": "signal-checked",
        "about": "Calls signal.throwIfAborted between the steps, and leaves the file behind."
      },
      {
        "name": "signal-write",
        "about": "Gives the signal to the write as well: a long write that is aborted leaves a torn file."
      },
      {
        "name": "signal-finally",
        "about": "As signal-checked, with an undo in finally."
      },
      {
        "name": "shielded",
        "about": "Checks the signal before it begins; the commit is not raced with it."
      }
    ]
  },
  "poll-by-hand": {
    "who": "in-process",
    "caller": "a",
    "probes": [],
    "others": [
      "bell"
    ],
    "steps": {
      "1": "listening"
    },
    "variants": [
      {
        "name": "no-signal",
        "about": "A new Promise that the bell resolves; nobody can give it up."
      },
      {
        "name": "raced",
        "about": "Promise.race with the signal: the loser stays registered."
      },
      {
        "name": "cleared",
        "about": "The abort listener takes the registration away before it rejects."
      }
    ]
  },
  "receive": {
    "who": "in-process",
    "caller": "a",
    "probes": [],
    "others": [
      "sender"
    ],
    "steps": {
      "1": "receiving",
      "2": "passing on"
    },
    "variants": [
      {
        "name": "raced-next",
        "about": "Promise.race of next() and the heartbeat: the loser's message goes to a promise that nobody reads."
      },
      {
        "name": "kept-next",
        "about": "Keeps the promise of next() until it is read; at the end one may be left that takes a message with it."
      },
      {
        "name": "signal-take",
        "about": "Gives the signal to the queue's take(), and to it alone: that hands out a message or rejects, never both."
      }
    ]
  },
  "try-join": {
    "who": "inside",
    "caller": "a",
    "probes": [],
    "others": [],
    "steps": {
      "1": "withdrawing",
      "2": "depositing",
      "3": "giving back"
    },
    "variants": [
      {
        "name": "all",
        "about": "Promise.all rejects at once, and the other half goes on."
      },
      {
        "name": "all-settled",
        "about": "Promise.allSettled waits for both, and the error is thrown afterwards."
      },
      {
        "name": "all-signal",
        "about": "Promise.all with an AbortController that stops the other half, if it still waits."
      },
      {
        "name": "undo",
        "about": "Promise.allSettled, and what succeeded alone is given back."
      }
    ]
  },
  "graceful-stop": {
    "who": "in-process",
    "caller": "a",
    "probes": [],
    "others": [],
    "steps": {
      "1": "half-way",
      "2": "pausing"
    },
    "variants": [
      {
        "name": "no-signal",
        "about": "Knows no signal: all five rounds are done."
      },
      {
        "name": "signal-inside",
        "about": "Gives the signal to every sleep, also between the two writes."
      },
      {
        "name": "signal-each-round",
        "about": "Calls throwIfAborted before each round and gives the signal to the pause only."
      }
    ]
  },
  "detach": {
    "who": "client",
    "caller": "a",
    "probes": [],
    "others": [],
    "horizon_ms": 55,
    "steps": {
      "1": "working",
      "2": "ticking"
    },
    "variants": [
      {
        "name": "floating",
        "about": "A promise that nobody awaits, in an endless loop: nothing can stop it from outside."
      },
      {
        "name": "early-throw",
        "about": "An AbortController of its own, aborted after the work: the caller's own abort throws before that."
      },
      {
        "name": "signal",
        "about": "The same with the abort in finally."
      }
    ]
  },
  "lost-error": {
    "who": "inside",
    "caller": "a",
    "probes": [],
    "others": [],
    "steps": {
      "1": "own work",
      "2": "working"
    },
    "variants": [
      {
        "name": "floating",
        "about": "A promise that nobody awaits rejects: Node prints the error and ends the process.",
        "in_page": false
      },
      {
        "name": "empty-catch",
        "about": "catch(() => {}): the process lives, the error is gone."
      },
      {
        "name": "settled-unread",
        "about": "Promise.allSettled, and nobody reads the results."
      },
      {
        "name": "awaited-late",
        "about": "Awaits the promise after its own work: until then nobody handles it, so Node prints the error and ends the process.",
        "in_page": false
      },
      {
        "name": "awaited",
        "about": "Promise.all over its own work and the other: the error is thrown to the caller at once."
      }
    ]
  },
  "futurelock": {
    "who": "inside",
    "caller": "a",
    "probes": [],
    "others": [
      "holder"
    ],
    "steps": {
      "1": "preparing",
      "2": "in line",
      "3": "holding",
      "4": "other arm"
    },
    "variants": [
      {
        "name": "race",
        "about": "Promise.race: the first work goes on by itself, though its promise has lost."
      },
      {
        "name": "race-signal",
        "about": "The same, and the first work is told by a signal to give up."
      }
    ]
  },
  "shutdown": {
    "who": "inside",
    "caller": "a",
    "probes": [],
    "others": [],
    "process": true,
    "steps": {
      "1": "accepting",
      "2": "working",
      "3": "draining"
    },
    "variants": [
      {
        "name": "main-returns",
        "about": "main returns: the event loop stays until the last timer has ended."
      },
      {
        "name": "exit",
        "about": "process.exit(): whatever waits is gone at once, and its finally does not run."
      },
      {
        "name": "exit-drained",
        "about": "Awaits the jobs that are under way, then process.exit()."
      },
      {
        "name": "signal-refuses",
        "about": "As main-returns, and the jobs heed a signal and say that they are refused."
      }
    ]
  }
};

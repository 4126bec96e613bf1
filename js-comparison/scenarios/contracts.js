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
        "about": "Takes no signal: a promise cannot be stopped, so it runs to its end."
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
        "about": "Checks the signal before it begins, and then commits without it."
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
        "about": "A new Promise that the bell resolves; it cannot be cancelled."
      },
      {
        "name": "raced",
        "about": "Promise.race with the signal: the loser stays registered."
      },
      {
        "name": "cleared",
        "about": "The abort listener removes the registration before it rejects."
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
        "about": "Promise.race of next() and the heartbeat: when next() loses, its message goes to a promise that nobody reads."
      },
      {
        "name": "kept-next",
        "about": "Keeps the promise of next() until it is read; at the end one may be left that takes a message with it."
      },
      {
        "name": "signal-take",
        "about": "Passes the signal only to the queue's take(), which returns a message or rejects, never both."
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
        "about": "Promise.all rejects at once, and the other half continues."
      },
      {
        "name": "all-settled",
        "about": "Promise.allSettled waits for both, and the error is thrown afterwards."
      },
      {
        "name": "all-signal",
        "about": "Promise.all with an AbortController that aborts the other half, if it still waits."
      },
      {
        "name": "undo",
        "about": "Promise.allSettled; if only the withdrawal succeeded, it is given back."
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
        "about": "Takes no signal: all five rounds are done."
      },
      {
        "name": "signal-inside",
        "about": "Passes the signal to every sleep, also between the two writes."
      },
      {
        "name": "signal-each-round",
        "about": "Calls throwIfAborted before each round and passes the signal to the pause only."
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
        "about": "The worker has an AbortController, aborted after the work: when the caller is aborted, it throws before that."
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
        "about": "catch(() => {}): the process continues, and the error is lost."
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
        "about": "Promise.all over its own work and the background work: the error is thrown to the caller at once."
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
      "2": "queued",
      "3": "holding",
      "4": "other arm"
    },
    "variants": [
      {
        "name": "race",
        "about": "Promise.race: the first work continues, although its promise has lost the race."
      },
      {
        "name": "race-signal",
        "about": "The same, and a signal aborts the first work."
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
        "about": "main returns: the process continues until the last timer has fired."
      },
      {
        "name": "exit",
        "about": "process.exit(): everything that waits ends at once, and finally blocks do not run."
      },
      {
        "name": "exit-drained",
        "about": "Awaits the jobs that are under way, then process.exit()."
      },
      {
        "name": "signal-refuses",
        "about": "As main-returns, and an aborted signal makes the jobs stop and report that they are refused."
      }
    ]
  }
};

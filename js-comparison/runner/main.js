#!/usr/bin/env node
// The runner of JavaScript: for `droppoint` (--serve), or for a person.

// A reader that closed the pipe has seen enough.
process.stdout.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code !== 'EPIPE') throw error;
  process.exit(0);
});

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--serve') {
  const { serve } = await import('./serve.js');
  await serve();
} else {
  const { human } = await import('./human.js');
  process.exitCode = await human(args);
}
